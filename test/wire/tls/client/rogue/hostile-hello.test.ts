import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedError } from '../../../../../src/wire/reader.ts'
import { clientHellos } from '../../tls-fixtures.ts'
import { offer, preSharedKey } from '../offer.ts'
import { damagedBytes } from './damage.ts'
import { encounter } from './encounter.ts'
import type { RogueServer } from './server.ts'
import { Server12, suite } from './server12.ts'
import { Server13 } from './server13.ts'

/** The hello that the client sends is of a program that Parley does not know: it may be anything. */
const hellos: readonly Uint8Array[] = [
  ...clientHellos.map(([, hello]) => hello),
  offer(),
  offer({ and: [preSharedKey] }),
  offer({ versions: [0x0303], suites: Object.values(suite) }),
]

test('a hello that is damaged is refused as one, or goes out and meets a server in good order', () => {
  let met = 0
  const check = (hello: Uint8Array, damage: (bytes: Buffer) => Buffer, modern: boolean): void => {
    const damaged = damage(Buffer.from(hello))
    if (damaged.length >= 4) damaged.writeUIntBE(damaged.length - 4, 1, 3)
    const server = modern ? new Server13() : new Server12()
    try {
      const { client, error, failures } = encounter(server as RogueServer, () => server.handshake(), { hello: damaged })
      met++
      assert.ok(['open', 'failed', 'handshake'].includes(client.state))
      assert.equal(failures, client.state === 'failed' ? 1 : 0)
      assert.notEqual(error?.alert, 80)
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
    }
  }
  const hello = fc.constantFrom(...hellos)
  fc.assert(fc.property(hello, damagedBytes, fc.boolean(), check), { numRuns: 1000, seed: 17 })
  assert.ok(met > 200)
})
