import type { Socket } from 'node:net'
import type { OriginalTarget } from './transparent.ts'

const reserved = 32 // or an eighth: for the dials of those who are in, and the capture
const toldEvery = 60_000 // ms
const remembered = 10_000 // ms
const seldomNear = 40 // below that number the limit need not be asked for

export interface Surroundings {
  /** How many descriptors may be open; may take some ms. */
  readonly descriptors?: () => number
  /** Where a connection was going before it was led here. */
  readonly originalTarget?: OriginalTarget
  /** Told what a person should know. */
  readonly trouble?: (message: string) => void
}

/**
 * Sees descriptors run out before they have: the system hands out the lowest number that is free, so that of an accepted
 * socket tells. Past the limit libuv would accept and close in silence, and no dial would get a socket.
 */
export class DescriptorWatch {
  readonly #surroundings: Surroundings
  readonly #now: () => number
  #limit: number | undefined
  /** How many clients were too many; lower numbers that they leave are filled again first, and would not tell. */
  #crowd = Number.POSITIVE_INFINITY
  #crowdedUntil = 0
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(surroundings: Surroundings, now: () => number = () => performance.now()) {
    this.#surroundings = surroundings
    this.#now = now
  }

  /**
   * Whether the few that are left are needed for others, with `clients` connected, the new one not among them. Tells a
   * person, once a minute.
   */
  isShort(socket: Socket, clients: number): boolean {
    const now = this.#now()
    if (now > this.#crowdedUntil) this.#crowd = Number.POSITIVE_INFINITY
    if (this.#isNear(descriptorOf(socket))) {
      this.#crowd = Math.min(this.#crowd, clients)
      this.#crowdedUntil = now + remembered
      this.#tell(now)
    }
    return clients >= this.#crowd
  }

  #isNear(number: number): boolean {
    const { descriptors } = this.#surroundings
    if (number < seldomNear || !descriptors) return false
    this.#limit ??= descriptors()
    return number >= this.#limit - Math.min(reserved, this.#limit / 8)
  }

  #tell(now: number): void {
    if (now - this.#toldAt > toldEvery) {
      this.#toldAt = now
      this.#surroundings.trouble?.(
        `nearly all of ${this.#limit} file descriptors are in use, so idle clients are closed and new ones refused; close some connections, or start Parley with a higher limit (ulimit -n)`,
      )
    }
  }
}

const descriptorOf = (socket: Socket): number =>
  (socket as unknown as { readonly _handle?: { readonly fd?: number } | null })._handle?.fd ?? -1
