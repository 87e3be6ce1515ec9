import type { Server, Socket } from 'node:net'

/** How an origin is told apart; also the first label of its host name. */
export type OriginName =
  | 'tls13'
  | 'hrr'
  | 'tls12-ecdhe'
  | 'tls12-rsa'
  | 'tls12-cbc'
  | 'http11'
  | 'plain'
  | 'websocket'
  | 'slow'
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'wrong-host'
  | 'incomplete-chain'
  | 'client-cert'
  | 'client-cert-optional'
  | 'alert'
  | 'reset'
  | 'closes'
  | 'not-tls'
  | 'garbage'

/** An embedded server that does one thing worth looking at. */
export interface Origin {
  readonly name: OriginName
  /** `name.localhost`; systems may not resolve it, so pass `Origins.addresses` on. */
  readonly host: string
  readonly port: number
  /** Scheme, host and port, without a path. */
  readonly url: string
  /** What it is, in a sentence. */
  readonly title: string
  /** Where a person who visits it through Parley should look. */
  readonly lookAt: string
}

export interface Listening {
  readonly port: number
  /** Destroys every open socket and stops listening. */
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1 and remembers the sockets, so that closing never waits for a peer. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay() // an https.Server of Node waits 40 ms for an acknowledgement between two small answers
    socket.on('error', () => {}) // a peer that resets is no news to an origin
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => {}) // nor one that refuses our certificate
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('listening on no port')
  return {
    port: address.port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
