import type { ClientError, Stage } from './client-types.ts'

/** A failure that already has its code. */
export class ClientFailure extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'ClientFailure'
    this.code = code
  }
}

/** What failed at which stage. A TLS alert counts as `tls` even when it arrives after the handshake (RFC 8446 4.4.2.4). */
export function clientError(error: unknown, stage: Stage): ClientError {
  const code = codeOf(error) ?? 'UNKNOWN'
  const message = reasonOf(error) ?? (error instanceof Error ? error.message : String(error))
  return { stage: isTlsCode(code) && stage === 'http' ? 'tls' : stage, code, message }
}

/** Whether OpenSSL said it: more telling than the EPIPE or ECONNRESET that follows. */
export const isTlsCode = (code: string | undefined): boolean => code?.startsWith('ERR_SSL_') ?? false

export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  // http2 wraps what the socket said
  if ('cause' in error && isTlsCode(codeOf(error.cause))) return codeOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** OpenSSL's own words, without the source line that surrounds them in `message`. */
function reasonOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('cause' in error && isTlsCode(codeOf(error.cause))) return reasonOf(error.cause)
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : undefined
}

/** The promise, or a ClientFailure as soon as the signal aborts. */
export function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortFailure(signal))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function abortFailure(signal: AbortSignal): ClientFailure {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return late ? new ClientFailure('TIMEOUT', 'it took too long') : new ClientFailure('ABORTED', 'it was called off')
}
