import type { TLSSocket } from 'node:tls'
import { openTunnel, type Route } from './tunnel.ts'

const frameHead = 9
const type = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goAway: 7, windowUpdate: 8 } as const
const endStream = 1
const ack = 1
const connectionWindow = 8 * 1024 * 1024

/** HPACK without a table: indexed `:method GET`, `:scheme https`, literals for the rest (RFC 7541 6.2.2). */
function requestFrame(path: string, authority: string): Buffer {
  const literal = (name: readonly number[], value: string): Buffer =>
    Buffer.concat([Buffer.from([...name, value.length]), Buffer.from(value, 'latin1')])
  const block = Buffer.concat([
    Buffer.from([0x82, 0x87]),
    literal([0x04], path),
    literal([0x01], authority),
    literal([0x0f, 0x2b], 'bench/1'),
    literal([0x0f, 0x04], '*/*'),
  ])
  return frame(type.headers, 0x5, 0, block)
}

function frame(kind: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(frameHead)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = kind
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

function windowUpdate(bytes: number): Buffer {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(bytes)
  return frame(type.windowUpdate, 0, 0, payload)
}

const u32 = (bytes: Buffer, at: number): number => bytes.readUInt32BE(at) & 0x7fffffff

/** One HTTP/2 connection, frames written by hand; knows just enough to count the answers. */
export class Http2Load {
  readonly #socket: TLSSocket
  readonly #request: Buffer
  readonly #waiting = new Map<number, { resolve(): void; reject(error: Error): void }>()
  #nextStream = 1
  #kept: Buffer | undefined
  #received = 0

  private constructor(socket: TLSSocket, route: Route, path: string) {
    this.#socket = socket
    this.#request = requestFrame(path, `${route.host}:${route.originPort}`)
    socket.on('data', (bytes: Buffer) => this.#read(bytes))
    socket.on('error', error => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('closed mid-request')))
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    socket.write(Buffer.concat([frame(type.settings, 0, 0, Buffer.alloc(0)), windowUpdate(connectionWindow)]))
  }

  static async open(route: Route, path: string): Promise<Http2Load> {
    return new Http2Load(await openTunnel(route, 'h2'), route, path)
  }

  /** Resolves at END_STREAM of a 200. */
  request(): Promise<void> {
    return new Promise((resolve, reject) => {
      const bytes = Buffer.from(this.#request)
      bytes.writeUInt32BE(this.#nextStream, 5)
      this.#waiting.set(this.#nextStream, { resolve, reject })
      this.#nextStream += 2
      this.#socket.write(bytes)
    })
  }

  end(): void {
    this.#socket.end()
    setTimeout(() => this.#socket.destroy(), 500).unref()
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  #read(more: Buffer): void {
    const bytes = this.#kept ? Buffer.concat([this.#kept, more]) : more
    let at = 0
    while (bytes.length - at >= frameHead) {
      const length = bytes.readUIntBE(at, 3)
      const end = at + frameHead + length
      if (end > bytes.length) break
      this.#frame(bytes[at + 3]!, bytes[at + 4]!, u32(bytes, at + 5), bytes.subarray(at + frameHead, end))
      at = end
    }
    this.#kept = at < bytes.length ? bytes.subarray(at) : undefined
  }

  #frame(kind: number, flags: number, stream: number, payload: Buffer): void {
    if (kind === type.data) this.#consume(payload.length)
    if (kind === type.headers && !startsWith200(payload)) this.#socket.destroy(new Error('a status other than 200'))
    if ((kind === type.data || kind === type.headers) && flags & endStream) {
      const waiting = this.#waiting.get(stream)
      this.#waiting.delete(stream)
      waiting?.resolve()
    } else if (kind === type.settings && !(flags & ack))
      this.#socket.write(frame(type.settings, ack, 0, Buffer.alloc(0)))
    else if (kind === type.ping && !(flags & ack)) this.#socket.write(frame(type.ping, ack, 0, payload))
    else if (kind === type.reset || kind === type.goAway) this.#socket.destroy(new Error(`frame of type ${kind}`))
  }

  #consume(length: number): void {
    this.#received += length
    if (this.#received < connectionWindow / 2) return
    this.#socket.write(windowUpdate(this.#received))
    this.#received = 0
  }
}

/** Whether a block begins with indexed `:status 200`, after at most two table size updates. */
function startsWith200(block: Buffer): boolean {
  let at = 0
  while ((block[at]! & 0xe0) === 0x20) {
    const long = (block[at++]! & 0x1f) === 0x1f
    while (long && block[at++]! & 0x80);
  }
  return block[at] === 0x88
}
