import { type Problem, problemOf } from './problem.ts'

const tlsHandshake = 22
const [socks4, socks5] = [4, 5]

/** What to do, by llhttp's word for what is wrong. */
const remedies: Readonly<Record<string, string>> = {
  HPE_INVALID_URL: 'A URL is ASCII: let the client percent-encode the rest (RFC 3986 2.1).',
  HPE_INVALID_METHOD: 'A method without a name at IANA passes through a tunnel alone: let the client use CONNECT.',
  HPE_PAUSED_H2_UPGRADE: 'Ask the proxy in HTTP/1.1; inside a tunnel HTTP/2 passes.',
  HPE_HEADER_OVERFLOW: 'Send a smaller head: 1 MiB is the most.',
}

/** What a client sent instead of a request, by its first byte and by the error of Node's parser. */
export function requestProblem(error: NodeJS.ErrnoException, firstByte: number | undefined): Problem {
  if (firstByte === tlsHandshake) return problemOf('proxy/tls-to-proxy-port')
  if (firstByte === socks4 || firstByte === socks5) return problemOf('proxy/socks')
  if (error.code === 'HPE_INVALID_EOF_STATE')
    return problemOf('proxy/bad-request', { detail: 'the client closed in the middle of it' })
  const remedy = error.code === undefined ? undefined : remedies[error.code]
  return problemOf('proxy/bad-request', { detail: `it is not HTTP (${error.code ?? error.message})`, remedy })
}

/** A request in clear that names no server, or names one by a URL of another `scheme`. */
export function targetProblem(scheme: string | undefined): Problem {
  if (scheme === undefined || scheme === 'http' || scheme === 'ws')
    return problemOf('proxy/bad-request', { detail: 'neither its target nor its Host field is a HOST:PORT' })
  const detail = `it asks for a ${scheme} URL in clear, and nothing was sent on`
  const isSecure = scheme === 'https' || scheme === 'wss'
  const remedy = isSecure ? 'Let the client open a tunnel with CONNECT, as clients do that take a proxy for https.' : ''
  return problemOf('proxy/bad-request', { detail, ...(remedy && { remedy }) })
}

/** The server was asked in clear, and no answer came that can be passed on. */
export const answerProblem = (error: NodeJS.ErrnoException | null | undefined): Problem => {
  const { code = '', message = 'unknown' } = error ?? {}
  const what = code.startsWith('HPE_') ? 'its answer is not HTTP' : 'it did not answer'
  return problemOf('http/upstream-failed', { detail: `${what}: ${message}${code && ` (${code})`}` })
}
