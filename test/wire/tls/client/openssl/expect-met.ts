import assert from 'node:assert/strict'
import { dissect } from '../../../../../src/wire/tls/dissect.ts'
import type { Handshake } from '../../../../../src/wire/tls/handshake.ts'
import { assertSound } from '../../expect-handshake.ts'
import type { Meeting } from './origin.ts'

/** Content came whole, both ends have the same secrets, and Parley's dissector finds every MAC and signature right. */
export function assertMet(met: Meeting, data: Uint8Array = Buffer.from('ping')): Handshake {
  assert.equal(met.error, undefined)
  assert.ok(met.echoed.equals(data), `${met.echoed.length} of ${data.length} bytes came back`)
  const agreed = met.keyLogs.server.filter(line => !/^\w+_N /.test(line)) // OpenSSL's own, behind a KeyUpdate
  assert.deepEqual(met.keyLogs.client.toSorted(), agreed.toSorted())
  const handshake = dissect(met.capture)
  assertSound(handshake)
  return handshake
}
