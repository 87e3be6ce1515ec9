import { decodeBody } from '../../formats/decode.ts'
import { encodeBody } from '../../formats/encode.ts'
import type { Header, RequestHead } from '../../model/exchange.ts'
import { readCurl } from '../curl/read-curl.ts'
import type { Repeated } from './ask-of.ts'
import { composed, fromCurl, readUrl } from './composed.ts'

/** A request as a text to edit: `METHOD URL VERSION`, a header a line, an empty line, the body with its codings undone. */
export function requestText({ head, body }: Repeated): Uint8Array {
  const lines = [
    `${head.method} ${urlOf(head)} ${head.version}`,
    ...fieldsOf(head).map(([name, value]) => `${name}: ${value}`),
  ]
  const shown = shownBody(head, body)
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`, 'latin1'), shown.text ?? Buffer.from(noText(body))])
}

/** What a person gets who writes a new one. */
export const emptyText: Uint8Array = Buffer.from('GET https://example.com/ HTTP/2\nuser-agent: parley\naccept: */*\n\n')

const fieldsOf = ({ headers }: RequestHead): readonly Header[] => headers.filter(([name]) => !name.startsWith(':'))

const urlOf = ({ scheme, authority, path, target }: RequestHead): string =>
  path.startsWith('/') && authority !== '' ? `${scheme}://${authority}${path}` : target

const noText = (body: Uint8Array): string =>
  `(${body.length} bytes that are no text; they are sent as they are while this line stands here)`

/** The body as it is edited: absent where it is no text. `coded`: by the codings of the head. */
function shownBody(head: RequestHead, body: Uint8Array): { readonly text?: Uint8Array; readonly coded: boolean } {
  const coding = codingOf(head)
  const decoded = coding === undefined ? { bytes: body } : decodeBody(body, coding)
  const coded = coding !== undefined && !('problem' in decoded && decoded.problem !== undefined)
  const bytes = coded ? decoded.bytes : body
  return isText(bytes) ? { text: bytes, coded } : { coded }
}

const codingOf = ({ headers }: Pick<RequestHead, 'headers'>): string | undefined => {
  const values = headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value)
  return values.length > 0 ? values.join(',') : undefined
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/**
 * The request that an edited text says; `base` is what it was made from. A text that begins with curl is read as its
 * command. Throws a sentence with the place of what cannot be read.
 */
export function readRequestText(bytes: Uint8Array, base?: Repeated): Repeated {
  const text = Buffer.from(bytes).toString('latin1')
  if (/^\s*curl(\.exe)?\s/.test(text)) {
    const request = fromCurl(readCurl(Buffer.from(bytes).toString('utf8')))
    return base
      ? { ...request, entrance: base.entrance, ...(base.origin !== undefined && { origin: base.origin }) }
      : request
  }
  const { lines, body } = splitMessage(text)
  const [start = '', ...fields] = lines
  const [method = '', url = '', version = base?.head.version ?? 'HTTP/1.1', ...more] = start.trim().split(/ +/)
  if (url === '' || more.length > 0) throw new Error('line 1: a request starts with METHOD URL VERSION')
  if (!isVersion(version)) throw new Error(`line 1: ${JSON.stringify(version)} is neither HTTP/1.1 nor HTTP/2`)
  const headers = fields.map(readField)
  if (!base)
    return composed({
      method,
      url,
      headers: withHost(headers, url, version),
      version,
      body: withoutLineEnd(Buffer.from(body, 'latin1')),
    })
  return edited(base, { method, url, headers, version, body: Buffer.from(body, 'latin1') })
}

const isVersion = (text: string): text is 'HTTP/1.1' | 'HTTP/2' => text === 'HTTP/1.1' || text === 'HTTP/2'

/** At the first empty line; line ends of the head may be CRLF. */
function splitMessage(text: string): { readonly lines: readonly string[]; readonly body: string } {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end ? text.slice(0, end.index) : text.replace(/\r?\n$/, '')
  return { lines: head.split(/\r?\n/), body: end ? text.slice(end.index + end[0].length) : '' }
}

function readField(line: string, index: number): Header {
  const colon = line.indexOf(':')
  if (colon <= 0) throw new Error(`line ${index + 2}: a header is NAME: VALUE`)
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}

const withHost = (headers: readonly Header[], url: string, version: string): readonly Header[] =>
  version === 'HTTP/2' ? headers : withAuthority(headers, readUrl(url).authority)

interface Edited {
  readonly method: string
  readonly url: string
  readonly headers: readonly Header[]
  readonly version: 'HTTP/1.1' | 'HTTP/2'
  readonly body: Uint8Array
}

/** What stands as it stood stays the very bytes; another URL names another server, and its Host follows. */
function edited(base: Repeated, said: Edited): Repeated {
  const { head } = base
  const body = bodyOf(base, said)
  const unmoved = said.url === urlOf(head)
  const sameFields = JSON.stringify(said.headers) === JSON.stringify(fieldsOf(head))
  if (unmoved && sameFields && said.method === head.method && said.version === head.version) return { ...base, body }
  const { server, authority, path } = unmoved
    ? { server: base.server, authority: head.authority, path: head.path }
    : readUrl(said.url)
  const moved = authority !== head.authority || server.scheme !== head.scheme
  const { raw: _, ...rest } = head
  const next = { ...rest, method: said.method, version: said.version, scheme: server.scheme, authority, path }
  const target = unmoved ? head.target : path
  const pseudo = pseudoOf(head, next)
  const fields = said.headers.map(
    (field): Header => (moved && isHost(field) && field[1] === head.authority ? [field[0], authority] : field),
  )
  const headers = said.version === 'HTTP/2' ? [...pseudo, ...fields] : withAuthority(fields, authority)
  const { serverName, ...kept } = base
  return {
    ...kept,
    ...(serverName !== undefined && !moved && { serverName }),
    ...(said.version !== head.version && {
      protocol: said.version === 'HTTP/2' ? ('h2' as const) : ('http/1.1' as const),
    }),
    server: moved ? server : base.server,
    head: { ...next, target, headers },
    body,
  }
}

/** A head that was one of HTTP/2 has its Host elsewhere; one of HTTP/1 that had none may go without. */
const withAuthority = (headers: readonly Header[], authority: string): readonly Header[] =>
  headers.some(isHost) ? headers : [['Host', authority], ...headers]

const isHost = ([name]: Header): boolean => name.toLowerCase() === 'host'

/** In the order that they had, or else the usual one. */
function pseudoOf(
  before: RequestHead,
  { method, scheme, authority, path }: Omit<RequestHead, 'headers' | 'target'>,
): Header[] {
  const values: Readonly<Record<string, string>> = {
    ...{ ':method': method, ':authority': authority, ':scheme': scheme, ':path': path },
  }
  const had = before.headers.map(([name]) => name).filter(name => name.startsWith(':'))
  const names = had.length > 0 ? had : Object.keys(values)
  const old = new Map(before.headers.filter(([name]) => name.startsWith(':')))
  return names.map((name): Header => [name, values[name] ?? old.get(name) ?? ''])
}

function bodyOf({ head, body }: Repeated, said: Edited): Uint8Array {
  const shown = shownBody(head, body)
  const was = shown.text ?? Buffer.from(noText(body))
  const text = withoutLineEnd(said.body, was)
  const coding = codingOf(said)
  const sameCoding = coding === codingOf(head)
  if (sameCoding && same(text, was)) return body
  if (!shown.text && same(text, was)) return body
  return (sameCoding && shown.coded && encodeBody(text, coding, body)) || text
}

const same = (text: Uint8Array, was: Uint8Array): boolean => Buffer.compare(text, was) === 0

const lineEnd = 10

/** An editor puts a line end behind the last line: it goes where there was none. */
const withoutLineEnd = (text: Uint8Array, was?: Uint8Array): Uint8Array =>
  text.at(-1) === lineEnd && was?.at(-1) !== lineEnd ? text.subarray(0, -1) : text
