import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { Server, Socket } from 'node:net'
import type { Files } from './identities.ts'
import type { Owner } from './processes.ts'

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** `length` bytes that do not compress and are the same each time. */
export function steadyBytes(length: number): Buffer {
  const block = createHash('shake256', { outputLength: 65_536 }).update('steady').digest()
  return Buffer.alloc(length, block)
}

/**
 * A server in this process: `/bytes/N` gives N steady bytes, everything else says method, path, protocol and the
 * SHA-256 of the body back. HTTP/2 and HTTP/1.1 over TLS; plain HTTP without files. Its port.
 */
export async function startOrigin(owner: Owner, files?: Files): Promise<number> {
  const options = files && { cert: readFileSync(files.cert), key: readFileSync(files.key), allowHTTP1: true }
  const answer = (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): void => {
    const length = /^\/bytes\/(\d+)$/.exec(request.url ?? '')?.[1]
    const hash = createHash('sha256')
    request.on('data', (bytes: Buffer) => hash.update(bytes))
    request.on('end', () => {
      const text = `${request.method} ${request.url} ${request.httpVersion} ${hash.digest('hex')}\n`
      response.end(length === undefined ? text : steadyBytes(Number(length)))
    })
  }
  const server: Server = options ? createSecureServer(options, answer) : createServer(answer)
  return await listenFor(owner, server)
}

/** Listens on a free port until its owner is done. */
export async function listenFor(owner: Owner, server: Server): Promise<number> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  owner.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}
