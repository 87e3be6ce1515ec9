import { isToken } from '../../wire/http1/token.ts'
import { withMethod, withStatus } from '../head/with-start.ts'
import type { ActionKind } from './action.ts'

export const setMethod: ActionKind = {
  name: 'set-method',
  usage: 'METHOD',
  says: 'send the request with another method',
  example: '~m PUT => set-method POST',
  read(args) {
    const method = args.word('a method')
    if (!isToken(method) || method === 'CONNECT') args.refuse('a method other than CONNECT, as GET')
    return {
      did: `set method ${method}`,
      request(draft) {
        const head = withMethod(draft.head, method)
        return head === draft.head ? draft : { ...draft, head }
      },
    }
  },
}

export const setStatus: ActionKind = {
  name: 'set-status',
  usage: 'STATUS [REASON]',
  says: 'give the response another status',
  example: '~u /health => set-status 503',
  read(args) {
    const status = args.number('a status from 200 to 599', 200, 599)
    const reason = args.left > 0 ? args.fieldValue('a reason') : ''
    return {
      did: `set status ${status}`,
      response(draft) {
        const head = withStatus(draft.head, status, reason)
        return head === draft.head ? draft : { ...draft, head }
      },
    }
  },
}
