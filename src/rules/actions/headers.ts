import type { Arguments } from '../arguments.ts'
import { isConnectionSpecific } from '../check-head.ts'
import { addHeader, type Head, renameHeader, withHeader, withoutHeader } from '../head/with-header.ts'
import type { Action, ActionKind } from './action.ts'

export const setHeader: ActionKind = {
  name: 'set-header',
  usage: 'request|response NAME VALUE',
  says: 'give a header this value, in place of all that it has',
  example: '~d api.example => set-header request authorization "Bearer abc"',
  read(args) {
    const [side, name, value] = [args.side(), newName(args), args.fieldValue()]
    return onSide(side, `set ${side} header ${name}`, head => withHeader(head, name, value))
  },
}

export const addHeaderKind: ActionKind = {
  name: 'add-header',
  usage: 'request|response NAME VALUE',
  says: 'add a header, whether there is one of that name or not',
  example: '~u /api => add-header response set-cookie "a=1; Path=/"',
  read(args) {
    const [side, name, value] = [args.side(), newName(args), args.fieldValue()]
    return onSide(side, `add ${side} header ${name}`, head => addHeader(head, name, value))
  },
}

export const removeHeader: ActionKind = {
  name: 'remove-header',
  usage: 'request|response NAME',
  says: 'take away all headers of this name',
  example: '~all => remove-header request cookie',
  read(args) {
    const [side, name] = [args.side(), args.fieldName()]
    if (name.toLowerCase() === 'transfer-encoding') args.refuse('another header: Parley itself frames messages')
    return onSide(side, `remove ${side} header ${name}`, head => withoutHeader(head, name))
  },
}

export const renameHeaderKind: ActionKind = {
  name: 'rename-header',
  usage: 'request|response NAME NEW-NAME',
  says: 'give a header another name, where it stands',
  example: '~all => rename-header request x-token authorization',
  read(args) {
    const [side, name, to] = [args.side(), args.fieldName(), newName(args)]
    return onSide(side, `rename ${side} header ${name} to ${to}`, head => renameHeader(head, name, to))
  },
}

/** A name that a rule may write. */
function newName(args: Arguments): string {
  const name = args.fieldName()
  if (isConnectionSpecific(name)) args.refuse('a header that is not about one connection, which Parley itself writes')
  return name
}

function onSide(side: 'request' | 'response', did: string, edit: <H extends Head>(head: H) => H): Action {
  const step = <Draft extends { readonly head: Head }>(draft: Draft): Draft => {
    const head = edit(draft.head)
    return head === draft.head ? draft : { ...draft, head }
  }
  return side === 'request' ? { did, request: step } : { did, response: step }
}
