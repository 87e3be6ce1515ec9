import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkFinished } from '../../../../src/wire/tls/checks/finished.ts'
import { hmac, prf } from '../../../../src/wire/tls/prf.ts'

const handshake = Buffer.alloc(32, 5)
const key = Buffer.alloc(32, 6)

test('TLS 1.3: any flipped byte of verify_data or of the transcript fails', () => {
  const input = { direction: 'to-client', prfHash: 'sha256', handshake, finishedKey: key } as const
  const right = hmac('sha256', key, handshake)
  assert.equal(checkFinished(right, input, '').passed, true)
  for (let i = 0; i < right.length; i++) {
    const wrong = Uint8Array.from(right, (byte, at) => (at === i ? byte ^ 1 : byte))
    assert.equal(checkFinished(wrong, input, '').passed, false)
  }
  assert.equal(checkFinished(right, { ...input, handshake: Buffer.alloc(32, 4) }, '').passed, false)
  assert.equal(checkFinished(right.subarray(0, 31), input, '').passed, false)
})

test('TLS 1.2: the label is the sender’s', () => {
  const input = { direction: 'to-server', prfHash: 'sha384', handshake, master: key } as const
  const right = prf('sha384', key, 'client finished', handshake, 12)
  assert.equal(checkFinished(right, input, '').passed, true)
  assert.equal(checkFinished(right, { ...input, direction: 'to-client' }, '').passed, false)
})

test('without a key the reason is told and nothing is claimed', () => {
  const check = checkFinished(handshake, { direction: 'to-client', prfHash: 'sha256', handshake }, 'no keys')
  assert.deepEqual(check, { name: 'verify_data', detail: 'not recomputed: no keys' })
})
