/** What both rogue servers share: records out, records in, and the transcript. */
import { randomBytes } from 'node:crypto'
import { extensionList, message, type Part, u8, u16, vector8 } from '../offer.ts'
import { type Protection, record } from './protection.ts'

export const type = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  endOfEarlyData: 5,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
  certificateStatus: 22,
  keyUpdate: 24,
  compressedCertificate: 25,
} as const
export const content = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23, heartbeat: 24 } as const
export const empty = Buffer.alloc(0)

export interface HelloParts {
  readonly version: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly suite: number
  readonly compression: number
  readonly extensions: readonly Part[]
}

export const helloMessage = ({ version, random, sessionId, suite, compression, extensions }: HelloParts): Buffer =>
  message(
    type.serverHello,
    u16(version),
    random,
    vector8(sessionId),
    u16(suite),
    u8(compression),
    extensions.length > 0 ? extensionList(extensions) : empty,
  )

/** What a ClientHello says that a server needs. */
export function clientHelloParts(hello: Buffer): {
  random: Buffer
  sessionId: Buffer
  extensions: Map<number, Buffer>
} {
  const idEnd = 39 + hello[38]!
  const suitesEnd = idEnd + 2 + hello.readUInt16BE(idEnd)
  const extensions = new Map<number, Buffer>()
  for (let at = suitesEnd + 1 + (hello[suitesEnd] ?? 0) + 2; at + 4 <= hello.length; ) {
    const end = at + 4 + hello.readUInt16BE(at + 2)
    extensions.set(hello.readUInt16BE(at), hello.subarray(at + 4, end))
    at = end
  }
  return { random: hello.subarray(6, 38), sessionId: hello.subarray(39, idEnd), extensions }
}

export abstract class RogueServer {
  readonly random = randomBytes(32)
  protected transcript: Buffer[] = []
  protected writing: Protection | undefined
  protected reading: Protection | undefined
  /** What the client said, a record each. */
  readonly heard: { readonly type: number; readonly content: Buffer }[] = []
  /** The alert of the client, as it came over the wire. */
  alert: number | undefined
  /** The Finished of the client has the right verify_data. */
  clientFinished = false
  /** Where the bytes go. */
  deliver: (bytes: Buffer) => void = () => {}
  /** Messages are gathered while this is set, for one record or several. */
  #gathered: Buffer[] | undefined

  /** Records with `bytes`, under the keys of now. */
  send(kind: number, bytes: Uint8Array, padding = 0): void {
    this.raw(this.sealed(kind, bytes, padding))
  }

  sealed(kind: number, bytes: Uint8Array, padding = 0): Buffer {
    const records: Buffer[] = []
    for (let at = 0; at === 0 || at < bytes.length; at += 16_384) {
      const piece = bytes.subarray(at, at + 16_384)
      records.push(this.writing ? this.writing.seal(kind, piece, padding) : record(kind, piece))
    }
    return Buffer.concat(records)
  }

  raw(bytes: Buffer): void {
    this.deliver(bytes)
  }

  /** What the server's records go under. */
  get protection(): Protection | undefined {
    return this.writing
  }

  /** A record that holds more than a record may. */
  oversized(length: number, padding = 0): Buffer {
    return this.writing!.seal(content.data, Buffer.alloc(length), padding)
  }

  /** What `act` says is lost. */
  unheard(act: () => void): void {
    const { deliver } = this
    this.deliver = () => {}
    act()
    this.deliver = deliver
  }

  /** A handshake message: joins the transcript, goes out. */
  say(bytes: Buffer): void {
    this.transcript.push(bytes)
    if (this.#gathered) this.#gathered.push(bytes)
    else this.send(content.handshake, bytes)
  }

  /** What `act` says goes out in one record. */
  together(act: () => unknown): void {
    const gathered: Buffer[] = []
    this.#gathered = gathered
    act()
    this.#gathered = undefined
    this.send(content.handshake, Buffer.concat(gathered))
  }

  changeCipherSpec(): void {
    this.raw(record(content.changeCipherSpec, u8(1)))
  }

  /** Takes what the client sent: whole records. */
  hear(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const end = at + 5 + bytes.readUInt16BE(at + 3)
      this.#record(bytes.subarray(at, end))
      at = end
    }
  }

  #record(bytes: Buffer): void {
    const clear = { type: bytes[0]!, content: Buffer.from(bytes.subarray(5)) }
    const said = this.reading && this.isSealed(clear.type) ? opened(this.reading, bytes) : clear
    this.heard.push(said)
    if (said.type === content.alert) this.alert = said.content[1]
    else if (said.type === content.changeCipherSpec) this.heardChange()
    else if (said.type === content.handshake)
      for (let at = 0; at < said.content.length; ) {
        const end = at + 4 + said.content.readUIntBE(at + 1, 3)
        this.heardMessage(said.content.subarray(at, end))
        at = end
      }
  }

  protected abstract isSealed(outer: number): boolean
  protected abstract heardChange(): void
  protected abstract heardMessage(bytes: Buffer): void
}

/** A server that is out of step has not the keys. */
function opened(reading: Protection, bytes: Buffer): { readonly type: number; readonly content: Buffer } {
  try {
    return reading.open(bytes)
  } catch {
    return { type: -1, content: empty }
  }
}
