import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type Keyed, keyed } from '../certificate-of.ts'
import { extensionList, message, type Part, u8, u16, vector8, vector16, vector24 } from '../offer.ts'
import { expandLabel, hmac, protection13, sha256 } from './protection.ts'
import { clientHelloParts, content, empty, type HelloParts, helloMessage, RogueServer, type } from './server.ts'

const nothing = Buffer.alloc(32)
const ticketNonce = u8(1)
export const retryRandom = sha256(Buffer.from('HelloRetryRequest'))
const rawKey = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' }).subarray(-32)
const spkiOfX25519 = Buffer.from('302a300506032b656e032100', 'hex')

/** Signs as TLS 1.3 wants it by `kind`, P-256 unless told: RFC 8446 4.4.3. */
export function signed(key: KeyObject, transcript: Uint8Array, scheme = 0x0403, from = 'server'): Buffer {
  const what = Buffer.concat([Buffer.alloc(64, 32), Buffer.from(`TLS 1.3, ${from} CertificateVerify\0`), transcript])
  const pss = scheme >= 0x0804 && scheme <= 0x0806
  const hash = { 513: 'sha1', 515: 'sha1', 1283: 'sha384', 1539: 'sha512' }[scheme] ?? 'sha256'
  return sign(hash, what, pss ? { key, padding: 6, saltLength: 32 } : key)
}

/**
 * A server of TLS 1.3 that says what a test wants in the order that it wants, with TLS_AES_128_GCM_SHA256 over X25519, and
 * by default what is right at that moment.
 */
export class Server13 extends RogueServer {
  readonly identity: Keyed = keyed('P-256')
  readonly #pair = generateKeyPairSync('x25519')
  #client: ReturnType<typeof clientHelloParts> | undefined
  #handshakeSecret: Buffer = nothing
  #masterSecret: Buffer = nothing
  #serverSecret: Buffer = nothing
  #clientSecret: Buffer = nothing
  #whole: Buffer = nothing
  /** The handshake, once it is done. */
  #context: Buffer[] | undefined
  /** Of a session that the client was given before. */
  psk: Buffer | undefined
  /** The PSK of a ticket that `ticket` gives, once the client has finished. */
  resumption: Buffer = nothing

  get client(): ReturnType<typeof clientHelloParts> {
    return this.#client!
  }

  get soFar(): Buffer {
    return sha256(...this.transcript)
  }

  /** The same without the last so many messages. */
  soFarWithout(count: number): Buffer {
    return sha256(...this.transcript.slice(0, -count))
  }

  get share(): Buffer {
    return rawKey(this.#pair.publicKey)
  }

  helloParts(told: Partial<HelloParts> = {}, also: readonly Part[] = []): HelloParts {
    return {
      version: 0x0303,
      random: this.random,
      sessionId: this.client.sessionId,
      suite: 0x1301,
      compression: 0,
      extensions: [[43, u16(0x0304)], [51, Buffer.concat([u16(29), vector16(this.share)])], ...also],
      ...told,
    }
  }

  /** By default it asks for the same hello with a cookie. */
  retry(extensions: readonly Part[] = [[44, vector16(Buffer.from('cookie'))]], told: Partial<HelloParts> = {}): void {
    const first = this.transcript.pop()
    this.transcript.push(message(254, sha256(first ?? empty)))
    this.say(
      helloMessage(this.helloParts({ random: retryRandom, extensions: [[43, u16(0x0304)], ...extensions], ...told })),
    )
  }

  /** Both sides go on under the handshake keys; `behind` follows in the same record. */
  serverHello(told: Partial<HelloParts> = {}, also: readonly Part[] = [], behind: Uint8Array = empty): void {
    const hello = helloMessage(this.helloParts(told, also))
    const early = hmac(nothing, this.psk ?? nothing)
    this.#handshakeSecret = hmac(expandLabel(early, 'derived', sha256()), this.#agreed() ?? nothing)
    const clear = this.sealed(content.handshake, Buffer.concat([hello, behind]))
    this.transcript.push(hello)
    const secret = (who: string): Buffer => expandLabel(this.#handshakeSecret, `${who} hs traffic`, this.soFar)
    this.#serverSecret = secret('s')
    this.#clientSecret = secret('c')
    this.writing = protection13(this.#serverSecret)
    this.reading = protection13(this.#clientSecret)
    this.raw(clear)
  }

  #agreed(): Buffer | undefined {
    const shares = this.client.extensions.get(51)
    for (let at = 2; shares && at + 4 <= shares.length; ) {
      const end = at + 4 + shares.readUInt16BE(at + 2)
      const share = shares.subarray(at + 4, end)
      if (shares.readUInt16BE(at) === 29 && share.length === 32) {
        const key = Buffer.concat([spkiOfX25519, share])
        const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
        return diffieHellman({ privateKey: this.#pair.privateKey, publicKey })
      }
      at = end
    }
    return undefined
  }

  /** Until EndOfEarlyData what the client says is under its early keys: RFC 8446 7.1. */
  readEarly(): void {
    const early = expandLabel(hmac(nothing, this.psk ?? nothing), 'c e traffic', sha256(this.transcript[0] ?? empty))
    this.reading = protection13(early)
  }

  encryptedExtensions(parts: readonly Part[] = []): void {
    this.say(message(type.encryptedExtensions, extensionList(parts)))
  }

  certificateRequest(parts: readonly Part[] = [[13, vector16(u16(0x0403))]], context: Uint8Array = empty): void {
    this.say(message(type.certificateRequest, vector8(context), extensionList(parts)))
  }

  certificate(chain: readonly Uint8Array[] = [this.identity.certificate], parts: readonly Part[] = []): void {
    this.say(this.certificateMessage(chain, parts))
  }

  certificateMessage(chain: readonly Uint8Array[], parts: readonly Part[] = [], context: Uint8Array = empty): Buffer {
    const entries = chain.map(der => Buffer.concat([vector24(der), extensionList(parts)]))
    return message(type.certificate, vector8(context), vector24(...entries))
  }

  certificateVerify(key = this.identity.key, scheme = 0x0403, edit = (signature: Buffer): Buffer => signature): void {
    this.say(message(type.certificateVerify, u16(scheme), vector16(edit(signed(key, this.soFar, scheme)))))
  }

  get verifyData(): Buffer {
    return hmac(expandLabel(this.#serverSecret, 'finished', empty), this.soFar)
  }

  /** The server goes on under the keys of application data. */
  finished(verifyData: Uint8Array = this.verifyData): void {
    const records = this.sealed(content.handshake, this.#counted(message(type.finished, verifyData)))
    this.#masterSecret = hmac(expandLabel(this.#handshakeSecret, 'derived', sha256()), nothing)
    this.#whole = this.soFar
    this.#serverSecret = expandLabel(this.#masterSecret, 's ap traffic', this.#whole)
    this.writing = protection13(this.#serverSecret)
    this.raw(records)
  }

  #counted(bytes: Buffer): Buffer {
    this.transcript.push(bytes)
    return bytes
  }

  /** From EncryptedExtensions to Finished. */
  flight(): void {
    this.encryptedExtensions()
    this.certificate()
    this.certificateVerify()
    this.finished()
  }

  /** A CertificateRequest behind the handshake: RFC 8446 4.6.2. What the client answers is checked on top of the handshake. */
  ask(context: Uint8Array = u8(1), parts: readonly Part[] = [[13, vector16(u16(0x0403))]]): void {
    this.#context ??= [...this.transcript]
    this.transcript = [...this.#context]
    this.clientFinished = false
    this.certificateRequest(parts, context)
  }

  /** A handshake as it should be. */
  handshake(): void {
    this.serverHello()
    this.flight()
  }

  /** Behind the handshake nothing joins the transcript. */
  afterwards(kind: number, ...parts: readonly Uint8Array[]): void {
    this.send(content.handshake, message(kind, ...parts))
  }

  ticket(lifetime = 7200, ticket: Uint8Array = Buffer.from('ticket'), parts: readonly Part[] = []): void {
    const age = Buffer.alloc(8)
    age.writeUInt32BE(lifetime)
    this.afterwards(type.newSessionTicket, age, vector8(ticketNonce), vector16(ticket), extensionList(parts))
  }

  keyUpdate(request = 0, renew = true): void {
    this.afterwards(type.keyUpdate, u8(request))
    if (!renew) return
    this.#serverSecret = expandLabel(this.#serverSecret, 'traffic upd', empty)
    this.writing = protection13(this.#serverSecret)
  }

  protected isSealed(outer: number): boolean {
    return outer === content.data
  }

  protected heardChange(): void {}

  protected heardMessage(bytes: Buffer): void {
    const kind = bytes[0]
    if (kind === type.clientHello) this.#client = clientHelloParts(bytes)
    if (kind === type.keyUpdate) {
      this.#clientSecret = expandLabel(this.#clientSecret, 'traffic upd', empty)
      this.reading = protection13(this.#clientSecret)
      return
    }
    if (kind === type.endOfEarlyData) this.reading = protection13(this.#clientSecret)
    if (kind === type.finished) {
      const expected = hmac(expandLabel(this.#clientSecret, 'finished', empty), this.soFar)
      this.clientFinished = expected.equals(bytes.subarray(4))
      if (!this.#context) {
        this.#clientSecret = expandLabel(this.#masterSecret, 'c ap traffic', this.#whole)
        this.reading = protection13(this.#clientSecret)
      }
    }
    this.transcript.push(Buffer.from(bytes))
    if (kind === type.finished && !this.#context)
      this.resumption = expandLabel(
        expandLabel(this.#masterSecret, 'res master', this.soFar),
        'resumption',
        ticketNonce,
      )
  }

  /** RFC 8446 4.2.11.2; of the last ClientHello, which must offer one PSK. */
  get binderIsRight(): boolean {
    const hello = this.transcript.at(-1) ?? empty
    const truncated = sha256(...this.transcript.slice(0, -1), hello.subarray(0, -35))
    const binderKey = expandLabel(hmac(nothing, this.psk ?? nothing), 'res binder', sha256())
    return hmac(expandLabel(binderKey, 'finished', empty), truncated).equals(hello.subarray(-32))
  }
}
