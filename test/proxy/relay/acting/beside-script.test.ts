import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActedEvent } from '../../../../src/model/acted-event.ts'
import type { RequestHead } from '../../../../src/model/exchange.ts'
import { BesideScript } from '../../../../src/proxy/relay/acting/beside-script.ts'
import type { Claims } from '../../../../src/rules/claims.ts'
import type { RequestVerdict } from '../../../../src/rules/verdict.ts'

const head: RequestHead = {
  method: 'GET',
  target: '/',
  scheme: 'http',
  authority: 'a',
  path: '/',
  version: 'HTTP/1.1',
  headers: [],
}
const act = { by: 'a rule', did: 'something' }
const acts = [act]
const answer = { status: 200, headers: [], body: new Uint8Array() }
const server = { scheme: 'http', host: 'b', port: 1 } as const
const verdicts: Readonly<Record<number, RequestVerdict>> = {
  2: { type: 'answer', acts, answer },
  3: { type: 'change', acts, body: new Uint8Array() },
  4: { type: 'elsewhere', acts, server, head },
  5: { type: 'pass', acts },
  6: { type: 'break', acts, how: 'reset' },
}
const claims: Claims = {
  request: exchange => {
    const verdict = verdicts[exchange]
    return verdict && { most: 0, act: () => (exchange % 2 ? Promise.resolve(verdict) : verdict) }
  },
  response: () => undefined,
  webSocket: () => undefined,
}

async function asked(): Promise<BesideScript> {
  const beside = new BesideScript()
  const noting = beside.noting(claims)
  for (let exchange = 1; exchange <= 7; exchange++) await noting.request(exchange, head)?.act({ head })
  return beside
}

test('a script gets the places of what goes on to it, and of nothing else', async () => {
  const beside = await asked()
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => beside.next()),
    [1, 3, 5, 7, undefined],
  )
})

test('of what a script sees, rules tell what they did; of the rest, all', async () => {
  const told: string[] = []
  const { acted, serverContent } = (await asked()).telling({
    acted: (exchange, event) => told.push(`${exchange} ${event.type}`),
    serverContent: (exchange, _, bytes) => told.push(`${exchange} ${Buffer.from(bytes)}`),
  })
  const message = { direction: 'to-server', place: 0, how: 'changed', opcode: 1, length: 1, acts } as const
  const events: readonly ActedEvent[] = [
    { type: 'acted', act },
    { type: 'server-request', head, body: 'own' },
    { type: 'server-ended', side: 'request' },
    { type: 'stream-message', ...message },
  ]
  for (const exchange of [3, 4]) {
    for (const event of events) acted(exchange, event)
    serverContent(exchange, 'to-server', Buffer.from('x'))
  }
  const all = events.map(({ type }) => `4 ${type}`)
  assert.deepEqual(told, ['3 acted', '3 acted', ...all, '4 x'])
})
