import {
  constants,
  createDiffieHellmanGroup,
  createECDH,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { type Keyed, keyed } from '../certificate-of.ts'
import { message, type Part, u8, u16, vector8, vector16, vector24 } from '../offer.ts'
import { cbcProtection } from './cbc.ts'
import { type Protection, prf, protection12, sha256 } from './protection.ts'
import { clientHelloParts, content, empty, type HelloParts, helloMessage, RogueServer, type } from './server.ts'

export const suite = { ecdheEcdsa: 0xc02b, ecdheRsa: 0xc02f, dheRsa: 0x009e, rsa: 0x009c } as const
/** ECDHE_ECDSA with AES_128_CBC_SHA, which a server may choose too. */
export const cbcSuite = 0xc009

/** Parameters of Diffie-Hellman as a ServerKeyExchange has them. */
export const dhParams = (prime: Uint8Array, generator: Uint8Array, share: Uint8Array): Buffer =>
  Buffer.concat([vector16(prime), vector16(generator), vector16(share)])

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)
const bytesOf = (value: bigint): Buffer => {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus)
    if (rest & 1n) result = (result * square) % modulus
  return result
}

const modp14 = numberOf(createDiffieHellmanGroup('modp14').getPrime())

/** A server of TLS 1.2 with AES-128-GCM that says what a test wants in the order that it wants. */
export class Server12 extends RogueServer {
  readonly suite: number
  readonly identity: Keyed
  readonly #ecdh = createECDH('prime256v1')
  #client: ReturnType<typeof clientHelloParts> | undefined
  /** Of this connection, or of one before. */
  master: Buffer | undefined
  #clientData: Uint8Array = empty
  #serverData: Uint8Array = empty
  #next: { readonly write: Protection; readonly read: Protection } | undefined
  /** Of a CBC suite: RFC 7366. */
  encryptThenMac = true
  /** The client was offered extended_master_secret. */
  extended = true
  readonly share = this.#ecdh.generateKeys()

  constructor(of: number = suite.ecdheEcdsa) {
    super()
    this.suite = of
    this.identity = keyed(of === suite.ecdheEcdsa || of === cbcSuite ? 'P-256' : 'rsa')
  }

  get client(): ReturnType<typeof clientHelloParts> {
    return this.#client!
  }

  serverHello(told: Partial<HelloParts> = {}, also: readonly Part[] = []): void {
    const mac: Part[] = this.suite === cbcSuite && this.encryptThenMac ? [[22, empty]] : []
    const extensions: Part[] = [[23, empty], [0xff01, u8(0)], ...mac, ...also]
    const parts = {
      version: 0x0303,
      random: this.random,
      sessionId: empty,
      suite: this.suite,
      compression: 0,
      extensions,
    }
    const all = { ...parts, ...told }
    this.extended = all.extensions.some(([type]) => type === 23)
    this.say(helloMessage(all))
  }

  certificate(chain: readonly Uint8Array[] = [this.identity.certificate]): void {
    this.say(message(type.certificate, vector24(...chain.map(der => vector24(der)))))
  }

  /** The group of a DHE suite, as numbers; by default that of RFC 3526 3. */
  group = { prime: modp14, generator: 2n }
  readonly #exponent = numberOf(randomBytes(32))

  #dhParams(): Buffer {
    const { prime, generator } = this.group
    return dhParams(
      ...([prime, generator, power(generator, this.#exponent, prime)].map(bytesOf) as [Buffer, Buffer, Buffer]),
    )
  }

  /** Signed as by RFC 5246 7.4.3, with `edit` for the signature. */
  keyExchange(
    parameters = this.suite === suite.dheRsa ? this.#dhParams() : this.curveParams(),
    told: { key?: KeyObject; scheme?: number; random?: Uint8Array; edit?: (signature: Buffer) => Buffer } = {},
  ): void {
    const {
      key = this.identity.key,
      scheme = key.asymmetricKeyType === 'rsa' ? 0x0401 : 0x0403,
      edit = same => same,
    } = told
    const hash = { 513: 'sha1', 515: 'sha1' }[scheme] ?? 'sha256'
    const signed = Buffer.concat([told.random ?? this.client.random, this.random, parameters])
    const pss = scheme === 0x0804 ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}
    const signature = edit(sign(hash, signed, { key, ...pss }))
    this.say(message(type.serverKeyExchange, parameters, u16(scheme), vector16(signature)))
  }

  curveParams(group = 23, share: Uint8Array = this.share, kind = 3): Buffer {
    return Buffer.concat([u8(kind), u16(group), vector8(share)])
  }

  certificateRequest(): void {
    this.say(message(type.certificateRequest, vector8(u8(64)), vector16(u16(0x0403)), u16(0)))
  }

  done(): void {
    this.say(message(type.serverHelloDone))
  }

  /** Until it is the client's turn. */
  flight(): void {
    this.serverHello()
    this.certificate()
    if (this.suite !== suite.rsa) this.keyExchange()
    this.done()
  }

  handshake(): void {
    this.flight()
    this.change()
    this.finished()
  }

  /** Has the client begin again, under the keys of now. */
  helloRequest(): void {
    this.send(content.handshake, message(type.helloRequest))
  }

  /** The verify_data of both sides, which bind a renegotiation to what was before: RFC 5746 3.1. */
  get bound(): Part {
    return [0xff01, vector8(this.#clientData, this.#serverData)]
  }

  override changeCipherSpec(): void {
    this.send(content.changeCipherSpec, u8(1))
  }

  /** ChangeCipherSpec, and the keys that it announces if the client has said enough for them. */
  change(): void {
    this.changeCipherSpec()
    if (this.#next) this.writing = this.#next.write
  }

  get verifyData(): Buffer {
    return prf(this.master ?? empty, 'server finished', sha256(...this.transcript), 12)
  }

  finished(verifyData: Uint8Array = this.verifyData): void {
    this.#serverData = verifyData
    this.say(message(type.finished, verifyData))
  }

  protected isSealed(): boolean {
    return true
  }

  protected heardChange(): void {
    this.reading = this.#next?.read
  }

  protected heardMessage(bytes: Buffer): void {
    const kind = bytes[0]
    if (kind === type.clientHello) {
      this.#client = clientHelloParts(bytes)
      this.transcript = []
    }
    if (kind === type.finished) {
      const expected = prf(this.master ?? empty, 'client finished', sha256(...this.transcript), 12)
      this.#clientData = bytes.subarray(4)
      this.clientFinished = expected.equals(this.#clientData)
    }
    this.transcript.push(Buffer.from(bytes))
    if (kind === type.clientKeyExchange) this.#derive(bytes.subarray(4))
  }

  #preMaster(exchange: Buffer): Buffer {
    if (this.suite === suite.rsa) return decrypted(this.identity.key, exchange.subarray(2))
    if (this.suite === suite.dheRsa)
      return bytesOf(power(numberOf(exchange.subarray(2)), this.#exponent, this.group.prime))
    return this.#ecdh.computeSecret(exchange.subarray(1))
  }

  #derive(exchange: Buffer): void {
    const randoms = [this.client.random, this.random]
    const seed = this.extended ? sha256(...this.transcript) : Buffer.concat(randoms)
    const label = this.extended ? 'extended master secret' : 'master secret'
    this.master = prf(this.#preMaster(exchange), label, seed, 48)
    this.expandKeys()
  }

  /** Makes the keys that ChangeCipherSpec announces. */
  expandKeys(): void {
    const randoms = [this.client.random, this.random]
    const block = prf(this.master ?? empty, 'key expansion', Buffer.concat(randoms.toReversed()), 72)
    const part = (from: number, size: number, which: number): Buffer =>
      block.subarray(from + size * which, from + size * (which + 1))
    const gcm = (which: number) => protection12(part(0, 16, which), part(32, 4, which))
    const cbc = (which: number) =>
      cbcProtection({ mac: part(0, 20, which), key: part(40, 16, which) }, this.encryptThenMac)
    const keys = this.suite === cbcSuite ? cbc : gcm
    this.#next = { read: keys(0), write: keys(1) }
  }
}

/** RFC 5246 7.4.7.1: a server goes on with a secret of its own where it cannot decrypt the client's. */
function decrypted(key: KeyObject, sealed: Buffer): Buffer {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, sealed)
  } catch {
    return randomBytes(48)
  }
}
