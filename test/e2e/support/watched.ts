import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Direction } from '../../../src/wire/direction.ts'
import type { LegCapture, WireChunk } from '../../../src/wire/tls/capture.ts'
import type { Owner } from './processes.ts'

/** A connection as somebody saw it who stood beside it. */
export interface Watched {
  /** The port that was asked for: of the origin, or of the CONNECT. */
  readonly target: number
  /** What the proxy answered to the CONNECT where it did not open the tunnel. */
  refused?: string
  readonly chunks: Record<Direction, WireChunk[]>
}

/** Somebody who keeps the start of every connection that goes through a port of theirs. */
export interface Watch {
  readonly port: number
  readonly seen: readonly Watched[]
}

const most = 128 * 1024 // bytes of each direction: more than any handshake

/** Stands before the server at `port`. */
export async function watchServer(owner: Owner, port: number): Promise<Watch> {
  const seen: Watched[] = []
  const own = await listen(owner, client => {
    const watched = begin(seen, own)
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    join(client, server)
    client.on('data', keep(watched, 'to-server'))
    server.on('data', keep(watched, 'to-client'))
  })
  return { port: own, seen }
}

/**
 * Stands before a proxy: what goes through the tunnels that it opens is kept. Without `proxyPort` it is itself the
 * proxy, to loopback whatever the host: so does a client go that has no proxy.
 */
export async function watchProxy(owner: Owner, proxyPort?: number): Promise<Watch> {
  const seen: Watched[] = []
  const port = await listen(owner, client => {
    readHead(client, (head, rest) => {
      const target = Number(/^CONNECT \S+?:(\d+) /.exec(head)?.[1] ?? 0)
      const watched = begin(seen, target)
      const server = connect({ port: proxyPort ?? target, host: '127.0.0.1', allowHalfOpen: true })
      const open = (answer: string, first: Buffer): void => {
        if (!/^HTTP\/1\.\d 200/.test(answer)) watched.refused = answer
        client.write(answer)
        client.on('data', keep(watched, 'to-server'))
        server.on('data', keep(watched, 'to-client'))
        if (rest.length > 0) client.unshift(rest)
        if (first.length > 0) server.unshift(first)
        join(client, server)
      }
      if (proxyPort === undefined) server.once('connect', () => open('HTTP/1.1 200 OK\r\n\r\n', Buffer.alloc(0)))
      else readHead(server, open)
      if (proxyPort !== undefined) server.write(head)
      server.on('error', () => client.destroy())
      client.on('error', () => server.destroy())
    })
  })
  return { port, seen }
}

function begin(seen: Watched[], target: number): Watched {
  const watched: Watched = { target, chunks: { 'to-server': [], 'to-client': [] } }
  seen.push(watched)
  return watched
}

function keep({ chunks }: Watched, direction: Direction): (bytes: Buffer) => void {
  let offset = 0
  return bytes => {
    if (offset < most) chunks[direction].push({ at: performance.timeOrigin + performance.now(), offset, bytes })
    offset += bytes.length
  }
}

/** Until the empty line, which is all of it for a CONNECT and its answer. */
function readHead(socket: Socket, done: (head: string, rest: Buffer) => void): void {
  let heard = Buffer.alloc(0)
  const hear = (bytes: Buffer): void => {
    heard = Buffer.concat([heard, bytes])
    const end = heard.indexOf('\r\n\r\n')
    if (end < 0) return
    socket.off('data', hear).pause()
    done(heard.toString('latin1', 0, end + 4), heard.subarray(end + 4))
  }
  socket.on('data', hear)
}

function join(one: Socket, other: Socket): void {
  one.pipe(other)
  other.pipe(one)
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const)
    socket.on('error', () => peer.destroy()).on('close', () => peer.destroySoon())
}

async function listen(owner: Owner, accept: (client: Socket) => void): Promise<number> {
  const open = new Set<Socket>()
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    open.add(client)
    client.once('close', () => open.delete(client)).on('error', () => {})
    accept(client)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  owner.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}

/** As the writer of pcap files takes it. */
export const captureOf = ({ chunks }: Watched): LegCapture => ({
  chunks,
  headers: { 'to-server': [], 'to-client': [] },
  keyLog: [],
  tlsStartsAt: { toServer: 0, toClient: 0 },
})
