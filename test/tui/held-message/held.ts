/** Held messages, and a screen in front of an engine that keeps what it is told. */
import type { Header } from '../../../src/model/exchange.ts'
import type { Decision, Held, HeldId } from '../../../src/model/held.ts'
import type { Actions } from '../../../src/tui/actions.ts'
import { Session } from '../../../src/tui/session.ts'
import { pageOf } from '../../../src/tui/shell/page.ts'
import type { World } from '../../../src/tui/state/state.ts'
import { answered, requestTo } from '../../rules/hold/messages.ts'
import { flowRow, rowWorld, texts } from '../world.ts'

export function heldRequest(id: HeldId, path: string, headers: readonly Header[] = [], body?: Uint8Array): Held {
  const request = { ...requestTo(path, headers), method: 'POST' }
  return { id, at: Date.now() - 3200, what: 'request', connection: 1, exchange: id, request, ...(body && { body }) }
}

export const heldJson = (id: HeldId, text = '{"a":1}'): Held =>
  heldRequest(
    id,
    '/pay',
    [
      ['X-Mode', 'live'],
      ['Content-Type', 'application/json'],
    ],
    Buffer.from(text),
  )

export function heldResponse(id: HeldId, status: number, headers: readonly Header[], body?: Uint8Array): Held {
  const response = answered(status, headers)
  const request = requestTo('/pay')
  return { id, at: Date.now(), what: 'response', connection: 1, exchange: id, request, response, ...(body && { body }) }
}

export const heldData = (id: HeldId, text: string): Held => ({
  ...{ id, at: Date.now(), connection: 1, exchange: id, opcode: 1, direction: 'to-server' },
  what: 'stream-message',
  request: requestTo('/chat'),
  body: Buffer.from(text),
})

export const http2 = (held: Held): Held => ({
  ...held,
  request: {
    ...held.request,
    version: 'HTTP/2',
    headers: [
      [':method', held.request.method],
      [':scheme', 'https'],
      [':authority', 'api.example'],
      [':path', held.request.path],
      ...held.request.headers
        .filter(([name]) => name !== 'Host')
        .map(([name, value]): Header => [name.toLowerCase(), value]),
    ],
  },
})

export function heldWorld(messages: readonly Held[], filter = '', columns = 80, rows = 24): World {
  const bare = rowWorld([flowRow(1)], rows)
  return { ...bare, columns, status: { ...bare.status, holds: { filter, messages } } }
}

/** A screen whose engine holds these; `rewrite` stands for the person's editor. */
export function heldSession(messages: readonly Held[], more: Actions = {}, columns = 80, rows = 24) {
  const told: (readonly [HeldId, Decision])[] = []
  const holds = { filter: '', messages }
  const world = heldWorld(messages, '', columns, rows)
  const actions: Actions = {
    intercept(filter) {
      holds.filter = filter
    },
    decide(id, decision) {
      told.push([id, decision])
      holds.messages = holds.messages.filter(each => each.id !== id)
    },
    letAllGo() {
      holds.messages = []
    },
    ...more,
  }
  const live = { ...world, status: { ...world.status, holds } }
  const session = new Session({ world: live, actions, write: () => {} })
  session.suspend = work => work()
  const type = (text: string): void => [...text].forEach(key => void session.press(key === ' ' ? 'space' : key))
  const keys = (...names: readonly string[]): void => names.forEach(key => void session.press(key))
  const page = (): string => texts(pageOf(session.state, session.world)).join('\n')
  return { session, holds, told, type, keys, page }
}

export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
