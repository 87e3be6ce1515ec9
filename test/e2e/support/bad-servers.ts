import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { block, frameBytes } from '../../wire/http2/frame-bytes.ts'
import { anyFault, badLine, dial } from './bad-line.ts'
import type { Dice } from './dice.ts'
import type { Files } from './identities.ts'
import { listenFor } from './origin.ts'
import type { Owner } from './processes.ts'
import { onHello, startRaw } from './refusing-servers.ts'

type Act = (socket: Socket) => void

/** What a server may do below TLS, or where TLS was expected. */
const rawActs = (dice: Dice, good: number): Readonly<Record<string, Act>> => ({
  'resets at once': socket => void socket.resetAndDestroy(),
  'closes at once': socket => void socket.end(),
  'is silent': () => {},
  'speaks first': socket => void socket.end('220 smtp.test ESMTP\r\n'),
  'speaks first and resets': socket => {
    socket.write('SSH-2.0-x\r\n', () => socket.resetAndDestroy())
  },
  'answers garbage': onHello(socket => void socket.end(dice.bytes(1 + dice.nat(600)))),
  'answers half a record': onHello(socket => void socket.end(Buffer.from('160303004a02000046030300', 'hex'))),
  'answers a record and stops': onHello(socket => void socket.write(Buffer.from('1603034000', 'hex'))),
  'answers an alert': onHello(socket => void socket.end(Buffer.from([21, 3, 3, 0, 2, 2, dice.nat(120)]))),
  'answers HTTP': onHello(socket => void socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')),
  'answers its client': onHello(socket => void socket.pipe(socket)),
  'is at the end of a bad line': socket => badLine(socket, dial(good), anyFault(dice, 6000)),
  'is at the end of a line that fails early': socket => badLine(socket, dial(good), anyFault(dice, 400)),
})

const settings = frameBytes(4, 0, 0)
const head = frameBytes(1, 4, 1, block([':status', '200']))

/** What a server may say when it has been asked for something, in either protocol. */
const answers = (dice: Dice): Readonly<Record<string, (socket: Socket, reset: () => void) => void>> => ({
  garbage: socket => void socket.end(dice.bytes(200)),
  nothing: socket => void socket.end(),
  'a reset': (_, reset) => reset(),
  'half a head': socket => void socket.end('HTTP/1.1 200 OK\r\nContent-Le'),
  'half a body': socket => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'),
  'half a body and a reset': (socket, reset) =>
    void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc', reset),
  'too long a body': socket => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabcdefghijkl'),
  'a bad chunk': socket => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc'),
  'two lengths': socket => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
  'control characters': socket =>
    void socket.end('HTTP/1.1 200 \x1b]0;x\x07\r\nX\x00: \x9b2J\r\nContent-Length: 0\r\n\r\n'),
  'an endless head': socket => void socket.end(`HTTP/1.1 200 OK\r\n${'X-Again: and again\r\n'.repeat(20_000)}`),
  'interim responses': socket => void socket.end('HTTP/1.1 103 x\r\n\r\n'.repeat(2000)),
  'a switch of protocols': socket => void socket.end('HTTP/1.1 101 Go\r\nUpgrade: websocket\r\n\r\n\x81\x7f\xff\xff'),
  'frames that are none': socket => void socket.end(Buffer.concat([settings, dice.bytes(300)])),
  'frames on stream 0': socket => void socket.end(Buffer.concat([settings, frameBytes(0, 1, 0, dice.bytes(9))])),
  'a bad header block': socket => void socket.end(Buffer.concat([settings, frameBytes(1, 4, 1, dice.bytes(30))])),
  'half a stream': socket =>
    void socket.end(Buffer.concat([settings, head, frameBytes(0, 0, 1, dice.bytes(40)).subarray(0, 30)])),
  'a stream that ends without a head': socket => void socket.end(Buffer.concat([settings, frameBytes(0, 1, 1)])),
  'a GOAWAY': socket => void socket.end(Buffer.concat([settings, frameBytes(7, 0, 0, Buffer.alloc(8, 1))])),
})

/** `ends`: whoever asks it is answered, or closed to, before any time runs out. */
export interface BadServer {
  readonly what: string
  readonly kind: 'raw' | 'tls' | 'plain'
  readonly port: number
  readonly ends: boolean
}

/** Servers of every bad kind, each on a port of its own. `good` is the port of an honest one behind a bad line. */
export async function startBadServers(owner: Owner, files: Files, good: number, dice: Dice): Promise<BadServer[]> {
  const servers: BadServer[] = []
  for (const [what, act] of Object.entries(rawActs(dice, good)))
    servers.push({ what, kind: 'raw', port: await startRaw(owner, act), ends: !/silent|stops|line/.test(what) })
  const identity = { cert: readFileSync(files.cert), key: readFileSync(files.key) }
  for (const [what, answer] of Object.entries(answers(dice))) {
    const asked = (socket: Socket, below = socket): void => {
      socket.on('error', () => {})
      socket.once('data', () => answer(socket, () => void below.resetAndDestroy()))
      socket.on('end', () => socket.end())
    }
    const secure = createServer(below => {
      const server = new TLSSocket(below, { ...identity, isServer: true, ALPNProtocols: ['h2', 'http/1.1'] })
      asked(server, below)
    })
    servers.push({ what, kind: 'tls', port: await listenFor(owner, secure), ends: true })
    servers.push({ what, kind: 'plain', port: await startRaw(owner, socket => asked(socket)), ends: true })
  }
  return servers
}
