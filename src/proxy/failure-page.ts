import { failureOf } from '../problem/codes.ts'
import { type Problem, sayBlame } from '../problem/problem.ts'
import type { RequestHeadText } from '../wire/http1/start-line.ts'
import { escapeHtml } from './escape-html.ts'

const escapeText = (text: string): string =>
  text.replaceAll('’', "'").replace(/[^\x20-\x7e]/g, c => `\\u{${c.codePointAt(0)!.toString(16)}}`)

/** What the handshakes prove is known when they have been read, not yet when the page is written. */
const lookThere = 'see this connection in Parley, which shows how far both handshakes got'

export interface FailurePage {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** The answer that tells a client what went wrong on the other leg. HTML only for a client that asks for it. */
export function failurePage(problem: Problem, accept = ''): FailurePage {
  const status = failureOf(problem.code)?.status ?? 502
  const remedy = problem.remedy ?? (problem.code.startsWith('tls/') ? lookThere : undefined)
  const lines = [
    `Parley could not get this for you: ${problem.message}.`,
    `Side to blame: ${sayBlame(problem.blame)}. Code: ${problem.code}.`,
    ...(remedy ? [`What to do: ${/[.?!]$/.test(remedy) ? remedy : `${remedy}.`}`] : []),
  ]
  if (!accept.includes('text/html'))
    return { status, contentType: 'text/plain; charset=utf-8', body: `${lines.map(escapeText).join('\n')}\n` }
  const paragraphs = lines.map(line => `<p>${escapeHtml(line)}</p>`).join('\n')
  const head = `<!doctype html>\n<meta charset="utf-8">\n<title>${status} ${escapeHtml(problem.code)}</title>`
  const style = '<style>body{font:16px/1.5 system-ui;max-width:40em;margin:4em auto;padding:0 1em}</style>'
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: `${head}\n${style}\n<h1>${status}</h1>\n${paragraphs}\n`,
  }
}

// of the statuses in the catalogue of failures: RFC 9110 15, RFC 5842 7.2
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  508: 'Loop Detected',
}

/** The page as a whole HTTP/1.1 response, for a connection that no HTTP engine serves. */
export function failureResponse(problem: Problem, { accept = '', kept = false } = {}): Buffer {
  const { status, contentType, body } = failurePage(problem, accept)
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 407 ? ['Proxy-Authenticate: Basic realm="Parley"'] : []),
    ...(kept ? [] : ['Connection: close']),
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const literal = (prefix: readonly number[], value: string): Buffer =>
  Buffer.from([...prefix, value.length, ...Buffer.from(value)])

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/**
 * The page as HTTP/2 frames for the first stream of a connection on which the server has sent nothing:
 * SETTINGS, HEADERS, DATA, GOAWAY (RFC 9113 3.4, 6.8), with header fields that need no HPACK state (RFC 7541 6.2.2).
 */
export function failureFrames(problem: Problem): Buffer {
  const { status, contentType, body } = failurePage(problem)
  const fields = Buffer.concat([literal([0x08], String(status)), literal([0x0f, 0x10], contentType)])
  const lastStreamNoError = Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])
  return Buffer.concat([
    frame(4, 0, 0, Buffer.alloc(0)),
    frame(1, 0x04, 1, fields),
    frame(0, 0x01, 1, Buffer.from(body)),
    frame(7, 0, 0, lastStreamNoError),
  ])
}

/** What a client takes for an answer. */
export const acceptOf = ({ fields }: RequestHeadText): string =>
  fields.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1] ?? ''
