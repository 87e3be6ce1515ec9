import type { Direction, Party } from '../model/party.ts'
import { latin1 } from '../wire/latin1.ts'
import type { Pause, PlainObserver } from './plain.ts'

const preface = 'PRI * HTTP/2.0'
const longestMethod = 32
/** Bytes kept until the protocol is known. */
const maxWaiting = 64 * 1024

/** 'h2', 'http/1.1' or 'opaque' by the first bytes that a client sends; undefined while more are needed. */
export function sniff(first: Uint8Array): 'h2' | 'http/1.1' | 'opaque' | undefined {
  let start = 0
  while (first[start] === 13 || first[start] === 10) start++
  const text = latin1(first, start, Math.min(first.length, start + longestMethod))
  if (text.startsWith(preface)) return 'h2'
  if (preface.startsWith(text)) return undefined
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 32) return i > 0 ? 'http/1.1' : 'opaque'
    // Tokens allow more, but no method in use has more; a narrow look keeps SSH and mail out.
    const isMethod = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 45 || code === 95
    if (!isMethod) return 'opaque'
  }
  return text.length < longestMethod ? undefined : 'opaque'
}

/** A server speaks before its client in other protocols, and in HTTP for an error (`HTTP/1.1 408`) or its SETTINGS. */
const sniffGreeting = ([first]: Uint8Array): 'opaque' | undefined =>
  first === undefined || first === 0 || first === 72 ? undefined : 'opaque'

type Waiting = (observer: PlainObserver) => void

/** Keeps what passes until the client's first bytes tell the protocol, then hands all of it to the right observer. */
export class SniffingObserver implements PlainObserver {
  readonly #make: (protocol: string) => PlainObserver
  #observer: PlainObserver | undefined
  #waiting: Waiting[] = []
  #kept = 0
  #first = new Uint8Array(0)

  constructor(make: (protocol: string) => PlainObserver) {
    this.#make = make
  }

  push(direction: Direction, at: number, bytes: Uint8Array): void {
    if (this.#observer) {
      this.#observer.push(direction, at, bytes)
      return
    }
    const protocol = direction === 'to-server' ? this.#sniff(bytes) : this.#kept > 0 ? undefined : sniffGreeting(bytes)
    this.#kept += bytes.length
    if (protocol === undefined && this.#kept <= maxWaiting) {
      const kept = Uint8Array.from(bytes) // the slab goes back to the engine; slice() of a Buffer is a view
      this.#waiting.push(observer => observer.push(direction, at, kept))
    } else this.#know(protocol ?? 'opaque').push(direction, at, bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#know('opaque').gap(direction, at, length)
  }

  end(direction: Direction, at: number): void {
    if (this.#observer || direction === 'to-server') this.#know('opaque').end(direction, at)
    else this.#waiting.push(observer => observer.end(direction, at))
  }

  close(at: number, by: Party, why: string): void {
    this.#know('opaque').close(at, by, why)
  }

  get pause(): Pause {
    return this.#observer?.pause ?? 'none'
  }

  get keysAreLost(): boolean {
    return this.#observer?.keysAreLost === true
  }

  #sniff(bytes: Uint8Array): string | undefined {
    const room = 128 - this.#first.length
    this.#first = Uint8Array.from([...this.#first, ...bytes.subarray(0, Math.max(0, room))])
    return sniff(this.#first) ?? (room <= 0 ? 'opaque' : undefined)
  }

  #know(protocol: string): PlainObserver {
    if (this.#observer) return this.#observer
    const observer = this.#make(protocol)
    this.#observer = observer
    for (const tell of this.#waiting) tell(observer)
    this.#waiting = []
    return observer
  }
}
