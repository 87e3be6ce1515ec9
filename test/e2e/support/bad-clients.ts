import net, { type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import tls from 'node:tls'
import { fetchThrough } from '../../../src/peers/client.ts'
import { anyFault, badLine, dial } from './bad-line.ts'
import type { BadServer } from './bad-servers.ts'
import { badHeads, bodies, get, host, http1Words, http2Words } from './bad-words.ts'
import type { Dice } from './dice.ts'

/** Where everything listens. */
export interface Ground {
  readonly proxy: number
  readonly ca: string
  /** An honest server over TLS, and one without. */
  readonly good: number
  readonly plain: number
  readonly bad: readonly BadServer[]
  readonly hello: Buffer
}

/** What one client does over one connection to the proxy. Resolves to what is wrong: that it was left waiting. */
export interface BadClient {
  readonly what: string
  readonly run: (ground: Ground, dice: Dice) => Promise<string | undefined>
}

const patience = 10_000 // ms; ten times the timeout that Parley is given

/** Waits for the other side to end or close, and closes. */
async function left(socket: Socket, what = 'the connection'): Promise<string | undefined> {
  const ended = new Promise<boolean>(resolve => {
    socket.once('end', () => resolve(true)).once('close', () => resolve(true))
    if (socket.destroyed || socket.readableEnded) resolve(true)
  })
  socket.resume()
  const waited = new AbortController()
  const over = await Promise.race([ended, sleep(patience, false, { signal: waited.signal }).catch(() => true)])
  waited.abort()
  socket.destroy()
  return over ? undefined : `${what} was left open`
}

/** Says it, perhaps in pieces, and goes: with a FIN, or with a RST. */
async function say(socket: Socket, bytes: Uint8Array | string, dice: Dice): Promise<void> {
  const all = Buffer.from(bytes as string)
  for (let at = 0; at < all.length && !socket.destroyed; ) {
    const end = dice.nat(3) > 0 ? all.length : at + 1 + dice.nat(all.length - at)
    socket.write(all.subarray(at, end))
    at = end
    if (at < all.length) await sleep(dice.nat(30))
  }
}

async function sayAndGo(socket: Socket, bytes: Uint8Array | string, dice: Dice): Promise<string | undefined> {
  await say(socket, bytes, dice)
  if (dice.nat(4) === 0) {
    await sleep(dice.nat(50))
    if (socket instanceof tls.TLSSocket) socket.destroy()
    else socket.resetAndDestroy()
  } else socket.end()
  return left(socket)
}

const connectTo = (port: number): string => `CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`

/** A tunnel that the proxy has granted. */
async function tunnel(ground: Ground, port: number): Promise<Socket> {
  const socket = dial(ground.proxy)
  socket.write(connectTo(port))
  await new Promise<void>(resolve => {
    socket.once('data', () => resolve()).once('close', () => resolve())
  })
  return socket
}

function secure(socket: Socket, ground: Ground, options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
  const secured = tls.connect({ socket, servername: host, ca: ground.ca, ...options })
  secured.on('error', () => {})
  return new Promise(resolve => {
    secured.once('secureConnect', () => resolve(secured)).once('close', () => resolve(secured))
  })
}

/** A whole request to a bad server: it is answered, or ended. Over a bad line both may wait for what was lost. */
async function ask(ground: Ground, dice: Dice, port: number, line?: number): Promise<string | undefined> {
  const timeout = line === undefined ? patience : patience / 5
  const alpn = dice.pick([['h2', 'http/1.1'], ['http/1.1'], []])
  const url = new URL(`https://${host}:${port}/asked`)
  const options = {
    proxy: { host: '127.0.0.1', port: line ?? ground.proxy },
    ca: ground.ca,
    alpn,
    insecure: dice.nat(2) === 0,
  }
  const started = performance.now()
  await fetchThrough({
    ...options,
    url,
    timeout,
    ...(dice.nat(3) === 0 ? { method: 'POST', body: 'x'.repeat(70_000) } : {}),
  })
  const late = line === undefined && performance.now() - started > timeout - 100
  return late ? `the request to ${port} was left open` : undefined
}

const serverOf = (ground: Ground, dice: Dice, ...kinds: BadServer['kind'][]): BadServer =>
  dice.pick(ground.bad.filter(({ kind }) => kinds.includes(kind)))

export const badClients: readonly BadClient[] = [
  { what: 'says garbage', run: (ground, dice) => sayAndGo(dial(ground.proxy), dice.bytes(1 + dice.nat(300)), dice) },
  { what: 'speaks TLS to the proxy port', run: (ground, dice) => sayAndGo(dial(ground.proxy), ground.hello, dice) },
  {
    what: 'speaks HTTP/2 to the proxy port',
    run: (ground, dice) => sayAndGo(dial(ground.proxy), http2Words(dice), dice),
  },
  { what: 'says what no proxy serves', run: (ground, dice) => sayAndGo(dial(ground.proxy), dice.pick(badHeads), dice) },
  {
    what: 'waits for an answer to what no proxy serves',
    async run(ground, dice) {
      const socket = dial(ground.proxy)
      const head = dice.pick(badHeads.filter(bad => /^CONNECT (x|:|\[|http)|^GET {2}/.test(bad)))
      await say(socket, head, dice)
      return left(socket, JSON.stringify(head.slice(0, 40)))
    },
  },
  {
    what: 'says half a head, slowly',
    async run(ground, dice) {
      const socket = dial(ground.proxy)
      for (const byte of connectTo(ground.good).slice(0, 5 + dice.nat(20))) {
        socket.write(byte)
        await sleep(20)
      }
      return sayAndGo(socket, '', dice)
    },
  },
  { what: 'asks Parley for Parley', run: ({ proxy }, dice) => sayAndGo(dial(proxy), connectTo(proxy), dice) },
  {
    what: 'asks an honest server without TLS, badly',
    run: ({ proxy, plain }, dice) => {
      const start = `POST http://127.0.0.1:${plain}/ HTTP/1.1\r\nHost: 127.0.0.1:${plain}\r\n`
      return sayAndGo(dial(proxy), `${start}${dice.pick(bodies)}`, dice)
    },
  },
  {
    what: 'asks a bad server without TLS',
    run: (ground, dice) => {
      const { port } = serverOf(ground, dice, 'plain')
      const target = `http://127.0.0.1:${port}/x`
      const upgrade = [
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: eA==',
      ]
      return sayAndGo(dial(ground.proxy), dice.nat(2) ? get(target) : get(target, ...upgrade), dice)
    },
  },
  {
    what: 'opens a tunnel and goes',
    run: async (ground, dice) => sayAndGo(await tunnel(ground, ground.good), '', dice),
  },
  {
    what: 'says garbage in a tunnel',
    run: async (ground, dice) =>
      sayAndGo(await tunnel(ground, dice.pick([ground.good, ground.plain])), dice.bytes(1 + dice.nat(300)), dice),
  },
  {
    what: 'says half a hello',
    run: async (ground, dice) =>
      sayAndGo(
        await tunnel(ground, ground.good),
        ground.hello.subarray(0, 1 + dice.nat(ground.hello.length - 1)),
        dice,
      ),
  },
  {
    what: 'says half a hello and waits',
    async run(ground, dice) {
      const socket = await tunnel(ground, ground.good)
      await say(socket, ground.hello.subarray(0, 5 + dice.nat(ground.hello.length - 6)), dice)
      return left(socket)
    },
  },
  {
    what: 'says a damaged hello and waits',
    async run(ground, dice) {
      const hello = Buffer.from(ground.hello)
      for (let i = dice.nat(3); i >= 0; i--) hello[5 + dice.nat(hello.length - 5)] = dice.nat(256)
      const socket = await tunnel(ground, ground.good)
      await say(socket, hello, dice)
      return left(socket)
    },
  },
  {
    what: 'asks without TLS in a tunnel',
    async run(ground, dice) {
      const server = serverOf(ground, dice, 'plain', 'raw')
      const socket = await tunnel(ground, dice.nat(3) === 0 || !server.ends ? ground.plain : server.port)
      await sleep(dice.nat(2) * 100)
      return sayAndGo(socket, http1Words(dice), dice)
    },
  },
  {
    what: 'does not trust Parley',
    run: async (ground, dice) => {
      const socket = await secure(await tunnel(ground, ground.good), ground, {
        ca: [],
        minVersion: dice.pick(['TLSv1.2', 'TLSv1.3']),
      })
      return left(socket)
    },
  },
  {
    what: 'says bad HTTP inside TLS',
    run: async (ground, dice) => {
      const alpn = dice.pick(['h2', 'http/1.1'])
      const socket = await secure(await tunnel(ground, ground.good), ground, { ALPNProtocols: [alpn] })
      return sayAndGo(socket, dice.nat(8) > 0 === (alpn === 'h2') ? http2Words(dice) : http1Words(dice), dice)
    },
  },
  { what: 'asks a bad server', run: (ground, dice) => ask(ground, dice, serverOf(ground, dice, 'tls').port) },
  {
    what: 'asks what is no TLS server',
    run(ground, dice) {
      const { port, what } = serverOf(ground, dice, 'raw', 'plain')
      return ask(ground, dice, port, what.includes('line') ? ground.proxy : undefined)
    },
  },
  {
    what: 'asks over a bad line',
    async run(ground, dice) {
      const line = net.createServer({ allowHalfOpen: true }, socket =>
        badLine(socket, dial(ground.proxy), anyFault(dice, 5000)),
      )
      await new Promise<void>(resolve => line.listen(0, '127.0.0.1', resolve))
      const { port } = line.address() as net.AddressInfo
      try {
        return await ask(ground, dice, ground.good, port)
      } finally {
        line.close()
      }
    },
  },
]
