import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Progress } from '../../../src/wire/tls/progress.ts'
import type { MessageValue } from '../../../src/wire/tls/values.ts'
import { clientHello, serverHello } from './hello-values.ts'

const hello: MessageValue = { name: 'client_hello', hello: clientHello() }
const answer = (selectedVersion?: number): MessageValue => ({
  name: 'server_hello',
  hello: serverHello(selectedVersion === undefined ? {} : { selectedVersion }),
})
const finished: MessageValue = { name: 'finished', verifyData: new Uint8Array(12) }

/** The turn before the first message and after each; `<` messages are the server's. */
function turns(...messages: readonly (readonly ['<' | '>', MessageValue])[]): string {
  const progress = new Progress()
  const sides = [progress.turn()]
  for (const [way, value] of messages) {
    progress.see(value, way === '>' ? 'to-server' : 'to-client')
    sides.push(progress.turn())
  }
  return sides.map(side => (side === 'to-server' ? '>' : '<')).join('')
}

test('TLS 1.3: the server speaks until its Finished, after a retry the client does', () => {
  assert.equal(turns(['>', hello], ['<', answer(0x0304)], ['<', finished], ['>', finished]), '><<>>')
  const retry: MessageValue = { name: 'hello_retry_request', hello: serverHello({ selectedVersion: 0x0304 }) }
  assert.equal(turns(['>', hello], ['<', retry], ['>', hello], ['<', answer(0x0304)], ['<', finished]), '><><<>')
})

test('TLS 1.2: the client speaks after ServerHelloDone, the server after the client’s Finished', () => {
  const flight = [
    ['>', hello],
    ['<', answer()],
    ['<', { name: 'server_hello_done' }],
  ] as const
  assert.equal(turns(...flight, ['>', finished], ['<', finished]), '><<><>')
})

test('TLS 1.2 resumed: the server finishes first', () => {
  const flight = [
    ['>', hello],
    ['<', answer()],
    ['<', { name: 'change_cipher_spec' }],
  ] as const
  assert.equal(turns(...flight, ['<', finished], ['>', finished]), '><<<>>')
})

test('only change_cipher_spec without ServerHelloDone, below TLS 1.3, is a resumption', () => {
  const resumed = (version: number | undefined, done: boolean): boolean => {
    const progress = new Progress()
    progress.see(hello, 'to-server')
    progress.see(answer(version), 'to-client')
    if (done) progress.see({ name: 'server_hello_done' }, 'to-client')
    progress.see({ name: 'change_cipher_spec' }, 'to-client')
    return progress.resumed
  }
  assert.deepEqual([resumed(undefined, false), resumed(undefined, true), resumed(0x0304, false)], [true, false, false])
})

test('a renegotiation starts over and keeps that the connection was established', () => {
  const progress = new Progress()
  progress.see(hello, 'to-server')
  assert.equal(progress.startsOver(hello), false)
  progress.see(answer(), 'to-client')
  assert.equal(progress.startsOver(hello), true)
  progress.finish('to-server')
  progress.finish('to-client')
  progress.startOver()
  assert.deepEqual([progress.over, progress.established, progress.renegotiations], [false, true, 1])
})
