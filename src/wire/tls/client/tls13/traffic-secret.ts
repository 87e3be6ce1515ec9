import { expandLabel } from '../../hkdf.ts'
import { trafficKey } from '../../keys.ts'
import type { RecordAlgorithm } from '../../record-algorithm.ts'
import { tls13 } from '../../registry/versions.ts'
import { nothing } from '../protocol.ts'
import { Opener } from '../records/opener.ts'
import { Sealer } from '../records/sealer.ts'

/** A traffic secret and what it protects records with: RFC 8446 7.3. */
export class TrafficSecret {
  readonly value: Uint8Array
  readonly #algorithm: RecordAlgorithm

  constructor(value: Uint8Array, algorithm: RecordAlgorithm) {
    this.value = value
    this.#algorithm = algorithm
  }

  /** The secret after a KeyUpdate: RFC 8446 7.2. */
  next(): TrafficSecret {
    const { prfHash } = this.#algorithm
    const value = expandLabel(prfHash, this.value, 'traffic upd', nothing, this.value.length)
    return new TrafficSecret(value, this.#algorithm)
  }

  opener(): Opener {
    return new Opener(tls13, this.#algorithm, trafficKey(this.value, this.#algorithm))
  }

  sealer(): Sealer {
    return new Sealer(tls13, this.#algorithm, trafficKey(this.value, this.#algorithm))
  }
}
