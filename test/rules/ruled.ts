// Rules over one connection, for tests.

import type { RequestHead, ResponseHead } from '../../src/model/exchange.ts'
import type { RequestMessage, ResponseMessage } from '../../src/rules/claims.ts'
import { type RuleSource, readRule } from '../../src/rules/rule.ts'
import type { ConnectionFacts } from '../../src/rules/rulings.ts'
import { rulingsOf } from '../../src/rules/rulings-of.ts'
import type { World } from '../../src/rules/world.ts'
import { emptyWorld } from './actions/acting.ts'
import { requestOf } from './heads.ts'

export const facts: ConnectionFacts = {
  id: 3,
  host: 'api.example.com',
  port: 443,
  scheme: 'https',
  serverName: 'api.example.com',
  client: { address: '127.0.0.1', port: 4711 },
}

/** `when => do`, or a whole rule. */
export const sourceOf = (text: string | RuleSource): RuleSource => {
  if (typeof text !== 'string') return text
  const [when = '', todo = ''] = text.split(' => ')
  return { when, do: [todo] }
}

export function ruled(
  texts: readonly (string | RuleSource)[],
  over: Partial<ConnectionFacts> = {},
  world: World = emptyWorld,
) {
  const hits: number[] = []
  const rulings = rulingsOf(
    texts.map(text => readRule(sourceOf(text))),
    { world, onHit: rule => hits.push(rule) },
  )
  const connection = { ...facts, ...over }
  const claims = rulings.claims(connection)
  return {
    hits,
    rulings,
    claims,
    ruling: rulings.connection(connection),
    request: async (head: RequestHead, more: Partial<RequestMessage> = {}) =>
      claims?.request(1, head)?.act({ head, ...more }),
    response: async (head: ResponseHead, more: Partial<ResponseMessage> = {}, request = requestOf()) =>
      claims?.response(1, request, head)?.act({ head, ...more }),
  }
}
