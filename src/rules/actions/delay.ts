import type { Pace } from '../verdict.ts'
import type { ActionKind, RequestDraft, ResponseDraft, WebSocketDraft } from './action.ts'

const longest = 600_000 // ms

export const delay: ActionKind = {
  name: 'delay',
  usage: 'request|response|first-byte|message MS [JITTER]',
  says: 'hold a request, a response, the first byte of its body, or a WebSocket message back, with up to JITTER ms more',
  example: '~u /search => delay response 800 400',
  read(args) {
    const what = args.oneOf(['request', 'response', 'first-byte', 'message'])
    const ms = args.number('milliseconds, up to 600000', 0, longest)
    const jitter = args.left > 0 ? args.number('milliseconds of jitter, up to 600000', 0, longest) : 0
    const did = `delay ${what} by ${ms} ms${jitter > 0 ? ` and up to ${jitter} more` : ''}`
    const later = <Draft extends RequestDraft | ResponseDraft | WebSocketDraft>(draft: Draft): Draft => {
      const more = ms + Math.random() * jitter
      return { ...draft, pace: what === 'first-byte' ? withFirstByte(draft.pace, more) : withDelay(draft.pace, more) }
    }
    if (what === 'request') return { did, request: later }
    return what === 'message' ? { did, webSocket: later } : { did, response: later }
  },
}

/** Delays of several rules add up. */
export const withDelay = (pace: Pace | undefined, ms: number): Pace => ({ ...pace, delay: (pace?.delay ?? 0) + ms })

const withFirstByte = (pace: Pace | undefined, ms: number): Pace => ({
  ...pace,
  firstByte: (pace?.firstByte ?? 0) + ms,
})
