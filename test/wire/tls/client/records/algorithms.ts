/** Every way to protect records that we can, with keys to try it. */
import { randomBytes } from 'node:crypto'
import { canProtect } from '../../../../../src/wire/tls/client/records/protection.ts'
import type { Sealer } from '../../../../../src/wire/tls/client/records/sealer.ts'
import { type RecordAlgorithm, type RecordKeys, recordAlgorithm } from '../../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { cipherSuites } from '../../../../../src/wire/tls/registry/cipher-suites.ts'

export interface Suite {
  readonly version: number
  readonly algorithm: RecordAlgorithm
  readonly encryptThenMac: boolean
}

const tls13 = 0x0304

function* every(): Generator<Suite> {
  for (const version of [0x0301, 0x0302, 0x0303, tls13])
    for (const number of Object.keys(cipherSuites).map(Number)) {
      const facts = cipherSuiteFacts(number)
      if (!facts || (facts.kx === 'tls13') !== (version === tls13)) continue
      const algorithm = recordAlgorithm(facts, version)
      if (!canProtect(algorithm) || (algorithm.kind === 'aead' && version < 0x0303)) continue
      for (const encryptThenMac of algorithm.kind === 'cbc' ? [false, true] : [false])
        yield { version, algorithm, encryptThenMac }
    }
}

const nameOf = ({ version, algorithm: { cipher, mac, tagLength, keyLength }, encryptThenMac }: Suite): string =>
  [version, cipher, mac, tagLength, keyLength, encryptThenMac].join()

/** Each once, whatever suites it is in. */
export const suites: readonly Suite[] = [...new Map([...every()].map(suite => [nameOf(suite), suite])).values()]

export const keysFor = (version: number, { kind, keyLength, ivLength, macLength }: RecordAlgorithm): RecordKeys => ({
  key: randomBytes(keyLength),
  iv: randomBytes(kind === 'cbc' && version > 0x0301 ? 0 : ivLength),
  ...(kind === 'cbc' && { macKey: randomBytes(macLength) }),
})

/** A record in a buffer of its own. */
export function sealed(sealer: Sealer, type: number, content: Uint8Array): Buffer {
  const into = Buffer.alloc(content.length + sealer.overhead)
  return into.subarray(0, sealer.seal(type, content, into, 0))
}
