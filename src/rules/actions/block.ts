import { alertDescriptions } from '../../wire/tls/registry/alerts.ts'
import type { Arguments } from '../arguments.ts'
import type { Answer, Break } from '../verdict.ts'
import type { Action, ActionKind } from './action.ts'

export const block: ActionKind = {
  name: 'block',
  usage: 'STATUS | reset | close | black-hole | alert NAME',
  says: 'answer with a status, or end the exchange; alert: refuse the whole connection in the TLS handshake',
  example: '~d ads.example => block 403',
  read(args) {
    const expected = 'a status from 200 to 599, reset, close, black-hole, or alert with its name'
    const word = args.word(expected)
    if (word === 'alert') return refusing(args)
    if (word === 'reset' || word === 'close' || word === 'black-hole') return breaking(word)
    const status = /^[2-5]\d\d$/.test(word) ? Number(word) : args.refuse(expected)
    return { did: `answer ${status}`, request: () => ({ type: 'answer', answer: answerOf(status) }) }
  },
}

function breaking(how: Break): Action {
  const end = () => ({ type: 'break', how }) as const
  return { did: `block with ${how}`, request: end, response: end }
}

function refusing(args: Arguments): Action {
  const expected = 'the name of a TLS alert, such as unknown_ca, or its number'
  const word = args.word(expected)
  const named = Object.entries(alertDescriptions).find(([, name]) => name === word.replaceAll('-', '_'))?.[0]
  const alert = Number(named ?? (/^\d{1,3}$/.test(word) ? word : args.refuse(expected)))
  if (alert > 255) args.refuse(expected)
  return { did: `refuse with TLS alert ${word}`, connection: { refuse: { alert } } }
}

function answerOf(status: number): Answer {
  const empty = status === 204 || status === 205 || status === 304
  return empty
    ? { status, headers: [], body: new Uint8Array() }
    : {
        status,
        headers: [['content-type', 'text/plain; charset=utf-8']],
        body: Buffer.from(`A rule of Parley blocks this (${status}).\n`),
      }
}
