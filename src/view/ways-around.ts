import type { Header } from '../model/exchange.ts'
import type { ServiceRecord } from '../wire/dns/service-records.ts'
import { formatDuration } from './format.ts'
import { printable } from './printable.ts'

/** Something that a reader of an exchange ought to know, and that is no problem. */
export interface ExchangeRemark {
  readonly code: string
  readonly message: string
}

/** HTTP/3 and its drafts, and what Google's QUIC was called before them. */
const overQuic = /^(?:h3(?:-\w+)?|quic)$/i
const dayOfSeconds = 86_400 // what holds where nothing else is said (RFC 7838 3.1)

/**
 * That a response tells its client of HTTP/3 (Alt-Svc, RFC 7838 3): from then on the client may go to the server over QUIC,
 * which does not come by Parley.
 */
export function waysAround(headers: readonly Header[]): readonly ExchangeRemark[] {
  const values = headers.filter(([name]) => name.toLowerCase() === 'alt-svc').map(([, value]) => value)
  const offers = values.flatMap(alternatives).filter(({ protocol, seconds }) => overQuic.test(protocol) && seconds > 0)
  const [first] = offers
  if (!first) return []
  const protocols = [...new Set(offers.map(({ protocol }) => protocol))].map(printable).join(', ')
  const offered = `${protocols} at ${printable(first.authority)} for ${formatDuration(first.seconds * 1000)}`
  const message = `the server offers ${offered}: the client may go there over QUIC, around Parley`
  return [{ code: 'alt-svc-h3', message }]
}

/**
 * What the server's HTTPS records (RFC 9460) let its clients do that Parley does not see, or does not see by itself: none
 * of it happens to one that has a proxy look names up.
 */
export function recordedWays(services: readonly ServiceRecord[] = []): readonly ExchangeRemark[] {
  const quic = [...new Set(services.flatMap(({ alpn = [] }) => alpn.filter(protocol => overQuic.test(protocol))))]
  const around = {
    code: 'https-record-h3',
    message: `its HTTPS record offers ${quic.map(printable).join(', ')}: a client that looks it up may go there over QUIC, around Parley`,
  }
  const hidden = {
    code: 'https-record-ech',
    message:
      'its HTTPS record has keys for ECH: a client that looks them up may hide the name of the server in its hello',
  }
  return [...(quic.length > 0 ? [around] : []), ...(services.some(({ ech }) => ech) ? [hidden] : [])]
}

interface Alternative {
  readonly protocol: string
  readonly authority: string
  readonly seconds: number
}

/** Each part is bounded, or a hostile value would take a time that grows with its square. */
const alternative =
  /([\w!#$%&'*+.^`|~-]{1,40})="((?:[^"\\]|\\.){0,300})"((?:[ \t]{0,9};[ \t]{0,9}[\w-]{1,20}=(?:"[^"]{0,99}"|[^",; \t]{0,99})){0,9})/g

/** `h3=":443"; ma=86400, h2="alt.example:443"` */
function alternatives(value: string): readonly Alternative[] {
  const found: Alternative[] = []
  for (const [, protocol = '', authority = '', parameters = ''] of value.matchAll(alternative)) {
    const age = /;[ \t]*ma="?(\d{1,9})/i.exec(parameters)?.[1]
    found.push({ protocol, authority, seconds: age === undefined ? dayOfSeconds : Number(age) })
  }
  return found
}
