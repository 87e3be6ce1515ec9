import { Readable } from 'node:stream'
import tls, { type SecureContext } from 'node:tls'
import { readTlsClientHello } from 'read-tls-client-hello'
import { impersonateFromClientHello, isSupported } from 'tls-impersonate'
import type { MirrorGap } from '../model/connection.ts'
import { helloShape } from './hello-shape.ts'

export interface Mirrored {
  readonly secureContext: SecureContext
  readonly requestOCSP: boolean
  /** Undefined where the hello was not mirrored at all. */
  readonly gaps?: readonly MirrorGap[]
}

const mostContexts = 256 // Chromium shuffles its extensions, so every connection of it may bring a new shape

/** Makes upstream contexts that send the client's own ClientHello, as far as OpenSSL can. */
export class Mirror {
  readonly #contexts = new Map<string, Mirrored>()
  readonly #enabled: boolean
  #plain: Mirrored | undefined

  /** `enabled` false: every upstream hello is Node's own. */
  constructor(enabled: boolean) {
    this.#enabled = enabled && isSupported()
  }

  /** `message` is the client's ClientHello with its four header bytes, or undefined where there was none. */
  async contextFor(message: Buffer | undefined): Promise<Mirrored> {
    const shape = this.#enabled && message ? helloShape(message) : undefined
    if (shape === undefined || message === undefined) return this.#own()
    const known = this.#contexts.get(shape)
    if (known) {
      this.#contexts.delete(shape)
      this.#contexts.set(shape, known)
      return known
    }
    const made = await mirrored(message)
    if (!made) return this.#own()
    this.#contexts.set(shape, made)
    if (this.#contexts.size > mostContexts) this.#contexts.delete(this.#contexts.keys().next().value!)
    return made
  }

  #own(): Mirrored {
    this.#plain ??= { secureContext: tls.createSecureContext(), requestOCSP: false }
    return this.#plain
  }
}

async function mirrored(message: Buffer): Promise<Mirrored | undefined> {
  try {
    const header = Buffer.from([22, 3, 1, message.length >> 8, message.length & 255])
    const hello = await readTlsClientHello(Readable.from([Buffer.concat([header, message])], { objectMode: false }))
    const { tlsOptions, unsupported } = impersonateFromClientHello(hello)
    const { secureContext, requestOCSP = false } = tlsOptions
    return { secureContext, requestOCSP, gaps: unsupported.map(({ kind, id, reason }) => ({ kind, id, reason })) }
  } catch {
    return undefined // a hello that the library cannot read goes upstream as Node's own, and the comparison shows it
  }
}
