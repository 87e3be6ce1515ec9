import { nextSecret, trafficKeys } from '../../keys.ts'
import type { RecordAlgorithm } from '../../record-algorithm.ts'
import { tls13 } from '../../registry/versions.ts'
import { Opener, Sealer } from '../records.ts'

/** A traffic secret and what it protects records with: RFC 8446 7.3. */
export class TrafficSecret {
  readonly value: Uint8Array
  readonly #name: string
  readonly #algorithm: RecordAlgorithm

  /** `name` as RFC 8446 7.1 calls it, with its generation if it has any. */
  constructor(name: string, value: Uint8Array, algorithm: RecordAlgorithm) {
    this.#name = name
    this.value = value
    this.#algorithm = algorithm
  }

  /** The secret after a KeyUpdate: RFC 8446 7.2. */
  next(): TrafficSecret {
    const { name, value } = nextSecret(this.#name, this.value, this.#algorithm)
    return new TrafficSecret(name, value, this.#algorithm)
  }

  opener(): Opener {
    return new Opener(tls13, this.#algorithm, trafficKeys(this.#name, this.value, this.#algorithm).keys)
  }

  sealer(): Sealer {
    return new Sealer(tls13, this.#algorithm, trafficKeys(this.#name, this.value, this.#algorithm).keys)
  }
}
