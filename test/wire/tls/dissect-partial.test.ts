import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { bytesOf, directions, truncate, withChunks } from './capture-edits.ts'
import { assertSound, checksIn, namesOf } from './expect-handshake.ts'
import { recordedStream } from './recorded-streams.ts'

test('a ticket in front of the client’s Finished is no part of what that covers (Go; RFC 8446 4.4.1, 4.6.1)', () => {
  const handshake = dissect(recordedStream('tls13-go'))
  assertSound(handshake)
  const names = namesOf(handshake)
  assert.ok(names.indexOf('< new_session_ticket') < names.indexOf('> finished'), names.join())
})

const whole = [
  ['SSL 3.0', recordedStream('ssl30-aes128-sha')],
  ['TLS 1.3', recordedStream('tls13-go')],
] as const

for (const [version, capture] of whole)
  for (const direction of directions)
    test(`${version}: wherever ${direction} is cut or begins late, nobody is accused`, () => {
      const { length } = bytesOf(capture, direction)
      for (let at = 0; at < length; at += 7) {
        const late = withChunks(capture, direction, [
          { at: 0, offset: at, bytes: bytesOf(capture, direction).subarray(at) },
        ])
        for (const damaged of [truncate(capture, direction, at), late])
          assert.deepEqual(
            checksIn(dissect(damaged)).filter(check => check.endsWith('false')),
            [],
            `at byte ${at}`,
          )
      }
    })

test('a direction that is missing altogether leaves the other’s checks open, and its records closed', () => {
  for (const [, capture] of whole)
    for (const direction of directions) {
      const handshake = dissect(withChunks(capture, direction, []))
      assert.deepEqual(
        checksIn(handshake).filter(check => check.endsWith('false')),
        [],
      )
      assert.ok(
        handshake.messages.every(({ name }) => name !== 'alert' && name !== 'unknown'),
        namesOf(handshake).join(),
      )
    }
})
