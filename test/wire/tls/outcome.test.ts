import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HandshakeMessage, TlsRecord } from '../../../src/wire/tls/handshake.ts'
import { outcomeOf } from '../../../src/wire/tls/outcome.ts'
import { Progress } from '../../../src/wire/tls/progress.ts'
import { clientHello, serverHello } from './hello-values.ts'

const record = (more: Partial<TlsRecord> = {}): TlsRecord => ({
  direction: 'to-client',
  at: 0,
  offset: 0,
  type: 22,
  version: 0x0303,
  length: 2,
  encrypted: false,
  opened: true,
  ...more,
})
const alert = (level: number, description: number): HandshakeMessage =>
  ({ name: 'alert', value: { name: 'alert', alert: { level, description } } }) as HandshakeMessage

function progress(version: number, established: boolean): Progress {
  const made = new Progress()
  made.see({ name: 'client_hello', hello: clientHello() }, 'to-server')
  made.see({ name: 'server_hello', hello: serverHello({ selectedVersion: version }) }, 'to-client')
  made.established = established
  return made
}
const tls12 = 0x0303
const tls13 = 0x0304

test('no bytes are no handshake; bytes of another protocol are a failed one', () => {
  assert.equal(outcomeOf([], [], new Progress()), 'none')
  assert.equal(outcomeOf([], [], new Progress(), { notTls: 'a plain HTTP answer' }), 'failed')
  assert.equal(outcomeOf([record()], [], new Progress()), 'pending')
})

test('a warning does not end TLS 1.2, a fatal alert does', () => {
  assert.equal(outcomeOf([record()], [alert(1, 112)], progress(tls12, false)), 'pending')
  assert.equal(outcomeOf([record()], [alert(2, 112)], progress(tls12, false)), 'failed')
})

test('in TLS 1.3 the level does not count', () => {
  assert.equal(outcomeOf([record()], [alert(1, 48)], progress(tls13, false)), 'failed')
  assert.equal(outcomeOf([record()], [alert(2, 90)], progress(tls13, false)), 'pending')
})

test('close_notify ends an established connection quietly, and fails one that is not', () => {
  assert.equal(outcomeOf([record()], [alert(1, 0)], progress(tls13, true)), 'established')
  assert.equal(outcomeOf([record()], [alert(1, 0)], progress(tls13, false)), 'failed')
})

test('an alert after both Finished fails the handshake unless the server had answered', () => {
  const refused = alert(2, 116)
  assert.equal(outcomeOf([record()], [refused], progress(tls13, true)), 'failed')
  const answered = [record({ type: 23, innerType: 23 })]
  assert.equal(outcomeOf(answered, [refused], progress(tls13, true)), 'established')
})

test('a TLS 1.3 server whose data was not kept has answered all the same', () => {
  const unkept = [record({ type: 23, encrypted: true, opened: false })]
  assert.equal(outcomeOf(unkept, [alert(2, 20)], progress(tls13, true)), 'established')
  assert.equal(outcomeOf(unkept, [alert(2, 20)], progress(tls13, false)), 'failed')
  const ticket = [record({ type: 23, innerType: 22 })]
  assert.equal(outcomeOf(ticket, [alert(2, 116)], progress(tls13, true)), 'failed')
})

test('an alert that cannot be read fails a handshake under way', () => {
  const closed = record({ type: 21, encrypted: true, opened: false })
  assert.equal(outcomeOf([closed], [], progress(tls12, false)), 'failed')
  assert.equal(outcomeOf([closed], [], progress(tls12, true)), 'established')
})

test('without keys a TLS 1.3 client that sends more than an alert has finished', () => {
  const server = record({ type: 23, encrypted: true, opened: false, length: 900 })
  const client = (length: number) => record({ ...server, direction: 'to-server', length })
  assert.equal(outcomeOf([server, client(53)], [], progress(tls13, false)), 'established')
  assert.equal(outcomeOf([server, client(19)], [], progress(tls13, false)), 'pending')
})

test('a leg that closed before its handshake was over failed, unless it may have got there unseen', () => {
  const over = { over: true }
  assert.equal(outcomeOf([record()], [], progress(tls12, false), over), 'failed')
  assert.equal(outcomeOf([record()], [alert(1, 112)], progress(tls12, false), over), 'failed')
  assert.equal(outcomeOf([record()], [], progress(tls13, true), over), 'established')
  assert.equal(outcomeOf([record()], [], new Progress(), over), 'pending', 'no hello was seen')
  const sealed = (['to-server', 'to-client'] as const).map(direction =>
    record({ direction, type: 23, encrypted: true, opened: false }),
  )
  assert.equal(outcomeOf(sealed, [], progress(tls12, false), over), 'pending')
})
