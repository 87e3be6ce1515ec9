import type { Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import { http2Request, http2Response, isPlainConnect } from '../../model/http2-heads.ts'
import type { Fault, PlainContext } from '../plain.ts'

export interface Judged<Head> {
  readonly head: Head
  readonly faults: readonly Fault[]
}

export interface JudgedRequest extends Judged<RequestHead> {
  /** `:protocol` of an extended CONNECT (RFC 8441). */
  readonly protocol: string | undefined
}

const version = 'HTTP/2'
const none: readonly Fault[] = []
/** RFC 9113 8.2.1: what would be another field in HTTP/1.1, and white space around. */
const badValue = /[\0\r\n]|^[ \t]|[ \t]$/
/** RFC 9113 8.2.2 */
const connectionFields = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'])

/** The request that a header block means (RFC 9113 8.3.1). */
export function requestHead(context: PlainContext, headers: readonly Header[]): JudgedRequest {
  const pseudo: Record<string, string | undefined> = {}
  const faults = readPseudo(headers, pseudo, ofRequest)
  const wanted = isPlainConnect(pseudo) ? [':method', ':authority'] : [':method', ':scheme', ':path']
  const missing = wanted.filter(name => pseudo[name] === undefined)
  const head = http2Request(pseudo, context, headers)
  const protocol = pseudo[':protocol']
  return { head, protocol, faults: missing.length > 0 ? [...faults, missingPseudo(missing)] : faults }
}

/** The response that a header block means (RFC 9113 8.3.2). Status 0 where it has none. */
export function responseHead(headers: readonly Header[]): Judged<ResponseHead> {
  const pseudo: Record<string, string | undefined> = {}
  const faults = readPseudo(headers, pseudo, ofResponse)
  const head = http2Response(pseudo, headers)
  return { head, faults: head.status === 0 ? [...faults, missingPseudo([':status'])] : faults }
}

/** Where fields could not be decoded, something still stands for the stream. */
export const unknownRequest = (context: PlainContext): RequestHead => ({
  method: '?',
  target: '',
  scheme: context.scheme,
  authority: context.authority,
  path: '',
  version,
  headers: [],
})

export const unknownResponse: ResponseHead = { status: 0, reason: '', version, headers: [] }

/** What is wrong with the fields behind a message, which have no pseudo-headers (RFC 9113 8.1). */
export const trailerFaults = (headers: readonly Header[]): readonly Fault[] => readPseudo(headers, {}, ofNone)

/** RFC 9113 8.3, RFC 8441 4 */
const ofRequest = new Set([':method', ':scheme', ':authority', ':path', ':protocol'])
const ofResponse = new Set([':status'])
const ofNone = new Set<string>()

function readPseudo(
  headers: readonly Header[],
  into: Record<string, string | undefined>,
  known: ReadonlySet<string>,
): readonly Fault[] {
  let faults: Fault[] | undefined
  let regular = false
  for (const [name, value] of headers) {
    const code = name.charCodeAt(0) !== 58 ? fieldFault(name) : regular ? 'http2/pseudo-after-field' : undefined
    if (badValue.test(value)) faults = add(faults, 'http2/bad-field-value', name)
    if (name.charCodeAt(0) !== 58) regular = true
    else if (!known.has(name)) faults = add(faults, 'http2/unknown-pseudo-header', name)
    else if (into[name] === undefined) into[name] = value
    else faults = add(faults, 'http2/duplicate-pseudo-header', name)
    if (code !== undefined) faults = add(faults, code, name)
  }
  return faults ?? none
}

function fieldFault(name: string): Fault['code'] | undefined {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (code >= 65 && code <= 90) return 'http2/uppercase-field'
    if (code <= 32 || code >= 127) return 'http2/bad-field-name'
  }
  return connectionFields.has(name) ? 'http2/connection-field' : undefined
}

/** One fault of a kind is enough. */
function add(faults: Fault[] = [], code: Fault['code'], name: string): Fault[] {
  if (!faults.some(fault => fault.code === code)) faults.push({ code, detail: JSON.stringify(name.slice(0, 60)) })
  return faults
}

const missingPseudo = (names: readonly string[]): Fault => ({
  code: 'http2/missing-pseudo-header',
  detail: names.join(', '),
})
