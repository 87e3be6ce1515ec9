import { headerValue } from '../../formats/content-type.ts'
import { BodyError, mostHeld } from '../body/open-body.ts'
import type { Break } from '../verdict.ts'
import type { Action, ActionKind, RequestDraft, ResponseDraft } from './action.ts'

const breaks: readonly Break[] = ['reset', 'close', 'black-hole']

export const cutBody: ActionKind = {
  name: 'cut-body',
  usage: 'request|response BYTES|PERCENT% [reset|close|black-hole]',
  says: 'let a body break off after so many bytes, or so much of it; then reset, unless something else is asked for',
  example: '~u /download => cut-body response 50%',
  read(args) {
    const side = args.side()
    const expected = 'a number of bytes, or a percentage from 0% to 100%'
    const word = args.word(expected)
    const [, digits, percent] = /^(\d{1,15})(%?)$/.exec(word) ?? args.refuse(expected)
    const amount = Number(digits)
    if (percent && amount > 100) args.refuse(expected)
    const how = args.left > 0 ? args.oneOf(breaks) : 'reset'
    const cut = <Draft extends RequestDraft | ResponseDraft>(draft: Draft): Draft => {
      const after = percent ? Math.floor((lengthOf(draft) * amount) / 100) : amount
      return { ...draft, cut: { after, how } }
    }
    const did = `cut the ${side} after ${word}`
    // a percentage is known when the body is; one that is not chunked says it before
    const whole: Pick<Action, 'requestBody' | 'responseBody' | 'unlessSized'> = percent
      ? { unlessSized: true, ...(side === 'request' ? { requestBody: mostHeld } : { responseBody: mostHeld }) }
      : {}
    return side === 'request' ? { did, request: cut, ...whole } : { did, response: cut, ...whole }
  },
}

function lengthOf({ head, body }: RequestDraft | ResponseDraft): number {
  if (body) return body.length
  const length = headerValue(head.headers, 'content-length')
  if (length !== undefined && /^\d{1,15}$/.test(length)) return Number(length)
  throw new BodyError(`its length is not known, and it has more than ${mostHeld} bytes`)
}
