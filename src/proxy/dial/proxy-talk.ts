import type { Duplex } from 'node:stream'
import { silentProxy, unreadableProxy } from '../../problem/from-other-proxy.ts'
import type { Problem } from '../../problem/problem.ts'
import type { Once } from '../once.ts'
import { DialError } from './dial.ts'
import type { OtherProxy } from './other-proxy.ts'

/** Bytes of a whole answer at the beginning of these; undefined while more are needed. Throws where they are none. */
export type LengthOf = (bytes: Buffer) => number | undefined

const mostBytes = 65_536 // of an answer

interface Waiting {
  readonly lengthOf: LengthOf
  readonly resolve: (answer: Buffer) => void
  readonly reject: (error: Error) => void
}

/** What Parley and another proxy say to each other before the way to the server stands. Nothing of it is recorded. */
export class ProxyTalk {
  readonly #socket: Duplex
  readonly #proxy: OtherProxy
  readonly #givenUp: Once | undefined
  readonly #timer: NodeJS.Timeout
  #bytes = Buffer.alloc(0)
  #waiting: Waiting | undefined
  #failure: Problem | undefined
  readonly #onData = (chunk: Buffer): void => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]) // the chunk is valid until we return
    this.#look()
  }
  readonly #onGone = (): void => this.#fail(silentProxy(this.#proxy, 'it closed the connection'))
  readonly #onCancelled = (): void => this.#fail(silentProxy(this.#proxy, 'nobody waits for it any more'))

  /** `patience` in ms, for the whole talk. */
  constructor(socket: Duplex, proxy: OtherProxy, patience: number, givenUp?: Once) {
    this.#socket = socket
    this.#proxy = proxy
    this.#givenUp = givenUp
    this.#timer = setTimeout(() => this.#fail(silentProxy(proxy, `not in ${patience / 1000} s`)), patience)
    socket.on('data', this.#onData).on('end', this.#onGone).on('close', this.#onGone).on('error', this.#onGone).resume()
    if (givenUp?.happened) this.#onCancelled()
    givenUp?.on(this.#onCancelled)
  }

  /** Says something, and waits for an answer of a certain length. Throws DialError. */
  ask(bytes: Buffer, lengthOf: LengthOf): Promise<Buffer> {
    if (!this.#failure) this.#socket.write(bytes)
    return this.hear(lengthOf)
  }

  hear(lengthOf: LengthOf): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { lengthOf, resolve, reject }
      if (this.#failure) this.#fail(this.#failure)
      else this.#look()
    })
  }

  /** The way stands: what the server has said by now is the socket's again. */
  end(): Duplex {
    this.#leave()
    this.#socket.pause()
    if (this.#bytes.length > 0) this.#socket.unshift(this.#bytes)
    return this.#socket
  }

  /** It does not. */
  destroy(): void {
    this.#leave()
    this.#socket.on('error', () => {}).destroy()
  }

  #look(): void {
    const waiting = this.#waiting
    if (!waiting) return
    try {
      const length = waiting.lengthOf(this.#bytes)
      if (length === undefined) {
        if (this.#bytes.length > mostBytes) throw new Error(`more than ${mostBytes} bytes`)
        return
      }
      this.#waiting = undefined
      const answer = this.#bytes.subarray(0, length)
      this.#bytes = this.#bytes.subarray(length)
      waiting.resolve(answer)
    } catch (error) {
      this.#fail(unreadableProxy(this.#proxy, (error as Error).message))
    }
  }

  #fail(problem: Problem): void {
    this.#failure ??= problem
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(new DialError(this.#failure))
  }

  #leave(): void {
    clearTimeout(this.#timer)
    this.#givenUp?.off(this.#onCancelled)
    const socket = this.#socket
    socket.off('data', this.#onData).off('end', this.#onGone).off('close', this.#onGone).off('error', this.#onGone)
  }
}
