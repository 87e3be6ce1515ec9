import { counted } from '../../../view/format.ts'
import type { CertificateJson } from '../../../view/json/certificate-json.ts'
import type { MaskedKey, ReportConnection, ReportLeg } from '../shape.ts'
import { type El, el, folded, pre } from './dom.ts'

const mostNames = 12

/** What the client got beside what the server sent. */
export function certificates({ client, upstream, sniffed }: ReportConnection): El {
  const titles = sniffed ? ['the server’s'] : ['to the client, made by Parley', 'from the server']
  const legs = sniffed ? [client] : [client, upstream]
  return el(
    'div',
    { class: 'pair' },
    ...legs.map((leg, i) => el('section', {}, el('h4', {}, titles[i]!), ...chain(leg))),
  )
}

function chain(leg: ReportLeg | undefined): El[] {
  if (!leg) return [el('p', { class: 'quiet' }, 'no TLS on this leg')]
  if (leg.certificates.length === 0) return [el('p', { class: 'quiet' }, 'no certificate came')]
  const own = leg.clientCertificates
  return [
    ...leg.chain.map(line => el('p', { class: /^[✗!]/.test(line) ? 'finding' : 'quiet' }, line)),
    ...leg.certificates.map(card),
    ...(own.length > 0 ? [el('h4', {}, 'of the client'), ...own.map(card)] : []),
  ]
}

function card({
  subject,
  issuer,
  serial,
  notBefore,
  notAfter,
  key,
  subjectAlternativeNames = [],
  pem,
}: CertificateJson): El {
  const names = subjectAlternativeNames.slice(0, mostNames).join(', ')
  const more = subjectAlternativeNames.length - mostNames
  const facts = [
    ['issuer', issuer],
    ['valid', notBefore && `${notBefore.slice(0, 10)} to ${notAfter?.slice(0, 10) ?? '?'}`],
    ['names', names && (more > 0 ? `${names} and ${more} more` : names)],
    ['key', key],
    ['serial', serial],
  ] as const
  return el(
    'div',
    { class: 'card' },
    el('p', { class: 'subject' }, subject ?? 'a certificate that cannot be read'),
    el('dl', {}, ...facts.flatMap(([name, value]) => (value ? [el('dt', {}, name), el('dd', {}, value)] : []))),
    folded(['PEM'], () => [pre(pem)]),
  )
}

/** Which secrets the legs shared; their values stay in the capture. */
export function keys({ client, upstream, sniffed }: ReportConnection): El {
  const lists = sniffed ? [client] : [client, upstream]
  const titles = sniffed ? ['the session'] : ['client leg', 'upstream leg']
  return el(
    'div',
    { class: 'pair' },
    ...lists.map((leg, i) => el('section', {}, el('h4', {}, titles[i]!), keyList(leg?.keys ?? []))),
  )
}

const keyList = (list: readonly MaskedKey[]): El =>
  list.length === 0
    ? el('p', { class: 'quiet' }, 'no keys were logged for this leg')
    : el(
        'table',
        { class: 'keys' },
        el(
          'tbody',
          {},
          ...list.map(({ name, source, length }) =>
            el(
              'tr',
              {},
              el('th', { scope: 'row' }, name),
              el('td', { class: 'masked' }, '•'.repeat(12)),
              el('td', {}, counted(length, 'byte')),
              el('td', { class: 'quiet' }, source),
            ),
          ),
        ),
      )
