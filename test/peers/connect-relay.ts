import { createServer, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from '../../src/peers/origin.ts'

export interface Relay {
  readonly proxy: { readonly host: string; readonly port: number }
  /** Authorities that CONNECT asked for. */
  readonly asked: readonly string[]
  /** All bytes of the last tunnel. */
  readonly toServer: () => Buffer
  readonly toClient: () => Buffer
  /** Resolves when no client is connected. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** A proxy that knows CONNECT and nothing else; everything goes to 127.0.0.1. */
export async function startRelay(answer = 'HTTP/1.1 200 Connected\r\n\r\n'): Promise<Relay> {
  const asked: string[] = []
  let up: Buffer[] = []
  let down: Buffer[] = []
  const server = createServer((request, response) => response.end(`absolute: ${request.url}`))
  const out = new Set<Socket>()
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    asked.push(request.url ?? '')
    up = [head]
    down = []
    client.write(answer)
    if (!answer.includes(' 200 ')) return client.end()
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1')
    out.add(upstream)
    upstream.write(head)
    client.on('data', bytes => up.push(bytes))
    upstream.on('data', (bytes: Buffer) => down.push(bytes))
    client.pipe(upstream).pipe(client)
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    client.on('close', () => upstream.destroy())
  })
  const { port, close } = await listen(server)
  const idle = async () => {
    while (
      await new Promise<number>((resolve, reject) => server.getConnections((e, n) => (e ? reject(e) : resolve(n))))
    )
      await wait(5)
  }
  return {
    proxy: { host: '127.0.0.1', port },
    asked,
    toServer: () => Buffer.concat(up),
    toClient: () => Buffer.concat(down),
    idle,
    close: async () => {
      for (const socket of out) socket.destroy()
      await close()
    },
  }
}
