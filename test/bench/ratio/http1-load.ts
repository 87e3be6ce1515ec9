import type { TLSSocket } from 'node:tls'
import { openTunnel, type Route } from './tunnel.ts'

/** One keep-alive connection with one request outstanding. Counts bytes; does not parse fields. */
export class Http1Load {
  readonly #socket: TLSSocket
  readonly #authority: string
  readonly #requests = new Map<string, Buffer>()
  #settle: { resolve(): void; reject(error: Error): void } | undefined
  #head: Buffer | undefined
  /** Bytes of the body still to come; undefined while in the head. */
  #left: number | undefined

  private constructor(socket: TLSSocket, route: Route) {
    this.#socket = socket
    this.#authority = `${route.host}:${route.originPort}`
    socket.on('data', (bytes: Buffer) => this.#read(bytes))
    socket.on('error', error => this.#settle?.reject(error))
    socket.on('close', () => this.#settle?.reject(new Error('closed mid-request')))
  }

  static async open(route: Route): Promise<Http1Load> {
    return new Http1Load(await openTunnel(route, 'http/1.1'), route)
  }

  /** Resolves when the last byte of a 200 has come. */
  request(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#socket.write(this.#bytes(path))
    })
  }

  end(): void {
    this.#socket.end()
    setTimeout(() => this.#socket.destroy(), 500).unref()
  }

  #bytes(path: string): Buffer {
    let bytes = this.#requests.get(path)
    if (!bytes) {
      const text = `GET ${path} HTTP/1.1\r\nHost: ${this.#authority}\r\nUser-Agent: bench/1\r\nAccept: */*\r\n\r\n`
      bytes = Buffer.from(text, 'latin1')
      this.#requests.set(path, bytes)
    }
    return bytes
  }

  #read(bytes: Buffer): void {
    let rest = bytes
    if (this.#left === undefined) {
      const head = this.#head ? Buffer.concat([this.#head, bytes]) : bytes
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#head = head
        return
      }
      this.#head = undefined
      const text = head.toString('latin1', 0, end + 2)
      const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(text)
      if (text.slice(9, 12) !== '200' || !length) {
        this.#socket.destroy(new Error(`answered ${text.split('\r\n', 1)[0]}`))
        return
      }
      this.#left = Number(length[1])
      rest = head.subarray(end + 4)
    }
    this.#left -= rest.length
    if (this.#left > 0) return
    this.#left = undefined
    const settle = this.#settle
    this.#settle = undefined
    settle?.resolve()
  }
}
