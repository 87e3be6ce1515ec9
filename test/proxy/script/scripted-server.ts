import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TestContext } from 'node:test'
import { listen } from '../../../src/peers/origin.ts'
import type { Listener } from '../../../src/proxy/listener.ts'
import type { Plugin, Script } from '../../../src/proxy/script/script.ts'
import { inTime } from '../../in-time.ts'
import { identityFor, secureTunnel, startProxy, toProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

export type Side = 'http' | 'https'

interface Where {
  readonly proxy: Listener
  readonly ca: string
  readonly side: Side
  readonly port: number
}

/** One request to a.example on a connection of its own; `Host` and `Connection: close` are put in. */
export async function ask(t: TestContext, { proxy, ca, side, port }: Where, request: string) {
  const alpn = ['h2', 'http/1.1']
  const client: Duplex =
    side === 'https' ? await secureTunnel(t, proxy, { host: 'a.example', port, ca, alpn }) : await toProxy(t, proxy)
  const [line = '', ...rest] = request.split('\r\n')
  const url = side === 'https' ? line : line.replace(/ \//, ` http://a.example:${port}/`)
  const fields = rest.length === 0 ? ['', ''] : rest
  const heard = readAll(client as never)
  client.write([url, `Host: a.example:${port}`, 'Connection: close', ...fields].join('\r\n'))
  const all = (await inTime(`an answer to ${line}`, heard)).toString('latin1')
  client.destroy()
  const final = all.slice(all.search(/HTTP\/1\.1 (?!1)\d\d\d /))
  const [head = '', ...bodies] = final.split('\r\n\r\n')
  const raw = bodies.join('\r\n\r\n')
  return { all, head, status: Number(head.slice(9, 12)), body: /chunked/i.test(head) ? unchunked(raw) : raw }
}

function unchunked(raw: string): string {
  let body = ''
  for (let at = 0; ; ) {
    const end = raw.indexOf('\r\n', at)
    const length = Number.parseInt(raw.slice(at, end), 16)
    if (!(length > 0)) return body
    body += raw.slice(end + 2, end + 2 + length)
    at = end + 4 + length
  }
}

/** A server of either kind, and how to ask it through a proxy with this script. */
export async function scriptedServer(
  t: TestContext,
  side: Side,
  plugin: Plugin | readonly Script[],
  serve: RequestListener = (request, answer) => answer.end(`${request.method} ${request.url}`),
  more: Parameters<typeof startProxy>[1] = {},
) {
  const server = side === 'https' ? createHttpsServer(await identityFor('a.example'), serve) : createHttpServer(serve)
  const { port, close } = await listen(server)
  t.after(close)
  const options = { hosts: new Map([['a.example', '127.0.0.1']]), ...more }
  const scripts = Array.isArray(plugin) ? plugin : [{ file: '/scripts/mine.mjs', plugin }]
  const { proxy, tape, ca } = await startProxy(t, options, scripts)
  return { proxy, tape, ca, port, ask: (request: string) => ask(t, { proxy, ca, side, port }, request) }
}
