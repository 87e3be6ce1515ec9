import type { Target } from '../../../model/connection.ts'
import { OriginConnection, type OriginListener } from './origin-connection.ts'

export interface OriginsHost {
  /** Opens the client's own connection to a target. */
  dial(origin: OriginConnection): void
  /** Another origin is asked from here on. */
  targeted(target: Target): void
}

/** One client's own connections to the origins that it asks, one to each at a time. */
export class Origins {
  readonly #host: OriginsHost
  readonly #listener: OriginListener
  readonly #open = new Map<string, OriginConnection>()
  #target = ''

  constructor(host: OriginsHost, listener: OriginListener) {
    this.#host = host
    this.#listener = listener
  }

  /** The connection that takes the next request for a target; a new one is dialled in a later turn. */
  for(target: Target): OriginConnection {
    const key = `${target.host}:${target.port}`
    if (key !== this.#target) this.#host.targeted(target)
    this.#target = key
    const known = this.#open.get(key)
    if (known?.usable) return known
    const origin = new OriginConnection(target, this.#listener)
    this.#open.set(key, origin)
    queueMicrotask(() => this.#host.dial(origin)) // its request is not in line yet
    return origin
  }

  /** It takes no other request. */
  forget(origin: OriginConnection): void {
    for (const [key, known] of this.#open) if (known === origin) this.#open.delete(key)
  }

  /** The client says no more. */
  finish(): void {
    for (const origin of this.#open.values()) origin.finish()
  }

  /** Ends every connection. */
  destroy(): void {
    for (const origin of this.#open.values()) origin.destroy()
    this.#open.clear()
  }
}
