import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Both ends of a TCP connection over loopback. */
export interface SocketPair {
  readonly near: Socket
  readonly far: Socket
  close(): void
}

export async function socketPair(): Promise<SocketPair> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<Socket>(resolve => server.once('connection', resolve))
  const { port } = server.address() as AddressInfo
  const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  await new Promise(resolve => far.once('connect', resolve))
  const near = await accepted
  server.close()
  near.on('error', () => {})
  far.on('error', () => {})
  return {
    near,
    far,
    close() {
      near.destroy()
      far.destroy()
    },
  }
}

/** Resolves to all bytes until the stream ends or closes. */
export function readAll(socket: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise(resolve => {
    const parts: Buffer[] = []
    const done = (): void => resolve(Buffer.concat(parts))
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.once('end', done).once('close', done)
  })
}

export const once = (emitter: NodeJS.EventEmitter, name: string): Promise<unknown> =>
  new Promise(resolve => emitter.once(name, resolve))
