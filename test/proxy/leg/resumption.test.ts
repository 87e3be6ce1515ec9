import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { type NativeTicketContext, Resumption } from '../../../src/proxy/leg/resumption.ts'
import type { WireTap } from '../../../src/proxy/socket/wire-tap.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'

/** A server context that issues tickets of the form that OpenSSL gives them: name, IV, state, MAC. */
class FakeContext implements NativeTicketContext {
  declare onticketkeycallback: NonNullable<NativeTicketContext['onticketkeycallback']>
  enableTicketKeyCallback(): void {}

  issue(): Buffer {
    const [, macKey, , name] = this.onticketkeycallback(Buffer.alloc(16), Buffer.alloc(16), true)
    const body = Buffer.concat([name!, Buffer.alloc(16 + 32)])
    return Buffer.concat([body, createHmac('sha256', macKey).update(body).digest()])
  }

  accepts(ticket: Buffer): number {
    return this.onticketkeycallback(ticket.subarray(0, 16), ticket.subarray(16, 32), false)[0]
  }
}

const helloWith = (parts: Partial<ClientHello>): ClientHello =>
  ({ sessionId: Buffer.alloc(0), ...parts }) as ClientHello

function ticketFor(sessions: Resumption, context: FakeContext, where: string, connection = 1) {
  const pair = sessions.open(where, connection)
  const tap: Pick<WireTap, 'beforeRead'> = { beforeRead: undefined }
  sessions.name(tap, pair)
  tap.beforeRead?.()
  const ticket = context.issue()
  const session = { by: 'openssl', session: Buffer.from(`session with ${where}`) } as const
  pair.upstream = session
  return { ticket, session }
}

function begin(): { sessions: Resumption; context: FakeContext } {
  const [sessions, context] = [new Resumption(), new FakeContext()]
  sessions.sign({ context } as never)
  return { sessions, context }
}

test('a ticket leads to the upstream session of its own connection, whether it comes as PSK or as ticket', () => {
  const { sessions, context } = begin()
  const [a, b] = [ticketFor(sessions, context, 'x'), ticketFor(sessions, context, 'x')]
  const psk = { identities: [a.ticket], binders: [] }
  assert.equal(sessions.recall(helloWith({ psk }), 'x')?.upstream, a.session)
  assert.equal(sessions.recall(helloWith({ sessionTicket: b.ticket }), 'x')?.upstream, b.session)
  assert.ok(context.accepts(a.ticket) > 0)
})

test('a ticket, whichever of those offered is ours, names the connection that it was given on', () => {
  const { sessions, context } = begin()
  const [elsewhere, ours] = [ticketFor(sessions, context, 'y', 3), ticketFor(sessions, context, 'x', 4)]
  const psk = { identities: [Buffer.alloc(100), elsewhere.ticket, ours.ticket], binders: [] }
  assert.equal(sessions.recall(helloWith({ psk }), 'x')?.connection, 4)
  const none = { identities: [elsewhere.ticket], binders: [] }
  assert.equal(sessions.recall(helloWith({ psk: none, sessionTicket: ours.ticket }), 'x')?.connection, 4)
  const many = { identities: [...Array.from({ length: 8 }, () => Buffer.alloc(100)), ours.ticket], binders: [] }
  assert.equal(sessions.recall(helloWith({ psk: many }), 'x'), undefined, 'no more than a few are looked at')
})

test('a ticket is no use at another place, forged, cut short or from another run', () => {
  const { sessions, context } = begin()
  const { ticket } = ticketFor(sessions, context, 'x')
  const forged = Buffer.from(ticket)
  forged[20]! ^= 1
  assert.equal(sessions.recall(helloWith({ sessionTicket: ticket }), 'y'), undefined)
  assert.equal(sessions.recall(helloWith({ sessionTicket: forged }), 'x'), undefined)
  for (let length = 0; length < ticket.length; length++)
    assert.equal(sessions.recall(helloWith({ sessionTicket: ticket.subarray(0, length) }), 'x'), undefined)
  const other = begin()
  assert.equal(other.sessions.recall(helloWith({ sessionTicket: ticket }), 'x'), undefined)
  assert.equal(other.context.accepts(ticket), 0)
})

test('a hello that offers nothing resumes nothing, and the oldest pairs are forgotten', () => {
  const { sessions, context } = begin()
  const { ticket } = ticketFor(sessions, context, 'x')
  assert.equal(sessions.recall(helloWith({}), 'x'), undefined)
  assert.equal(sessions.recall(undefined, 'x'), undefined)
  for (let i = 0; i < 4096; i++) sessions.open('y', 1)
  assert.equal(sessions.recall(helloWith({ sessionTicket: ticket }), 'x'), undefined)
})

test('only a hello without tickets and without TLS 1.3 has its session kept by id', () => {
  const { sessions } = begin()
  const keeper = sessions.keeperFor(helloWith({ supportedVersions: [0x0303] }))
  assert.ok(keeper)
  assert.equal(sessions.keeperFor(helloWith({})), keeper)
  assert.equal(sessions.keeperFor(helloWith({ sessionTicket: Buffer.alloc(0) })), undefined)
  assert.equal(sessions.keeperFor(helloWith({ supportedVersions: [0x0304, 0x0303] })), undefined)
})

test('the client leg takes no ticket of another place or client, nor of a page that explains a failure', () => {
  const { sessions, context } = begin()
  const begins = (where: string): void => {
    const tap: Pick<WireTap, 'beforeRead'> = { beforeRead: undefined }
    sessions.name(tap, sessions.open(where, 1))
    tap.beforeRead?.()
  }
  const { ticket } = ticketFor(sessions, context, '127.0.0.1 a:443 a')
  for (const where of ['127.0.0.1 a:443 b', '127.0.0.2 a:443 a', '127.0.0.1 b:443 a', '']) {
    begins(where)
    assert.equal(context.accepts(ticket), 0, where)
  }
  begins('127.0.0.1 a:443 a')
  assert.ok(context.accepts(ticket) > 0)
  const explained = ticketFor(sessions, context, '').ticket
  begins('')
  assert.equal(context.accepts(explained), 0)
})
