import type { BodySide, ExchangeId } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import type { ComparedAnswer } from './answer-differences.ts'

/** Bytes of a body that are compared; of longer ones the length and the beginning. */
export const mostCompared = 16 * 1024 * 1024

/** The recorded answer as the server gave it, where Parley changed it on the way. */
export function recordedAnswer(
  capture: Pick<Capture, 'exchange' | 'body'>,
  flow: ExchangeId,
): ComparedAnswer | undefined {
  const { response, server } = capture.exchange(flow)!
  const own = typeof server === 'object' ? server.response : undefined
  const message = own ?? response
  if (!message) return undefined
  const side: BodySide = own && !own.sameBody ? 'server-response' : 'response'
  const { head, bodyBytes } = message
  const body = bodyBytes === 0 ? new Uint8Array(0) : capture.body(flow, side, 0, Math.min(bodyBytes, mostCompared))
  return { head, bodyBytes, body }
}
