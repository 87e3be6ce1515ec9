/**
 * The yardstick: CONNECT, TLS on both legs, nothing read and nothing kept.
 * Like Parley it waits for the ClientHello, asks upstream first, and offers the client what upstream chose.
 * Run: node relay.ts CERT KEY [tapped]; with `tapped`, Parley's taps lie under TLS and tell a tape that keeps nothing:
 * the least that seeing every byte below TLS can cost. Prints `listening on 127.0.0.1:PORT` on stderr.
 */
import { readFileSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import type { Tape } from '../../../src/proxy/ports.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { readShared, sharedRead } from '../../../src/proxy/socket/shared-read.ts'
import { groups } from './tunnel.ts'

const [certFile = '', keyFile = '', kind] = process.argv.slice(2)
const tapped = kind === 'tapped'
const nothing = (): void => {}
const tape: Tape = {
  event: nothing,
  wire: nothing,
  recordHeaders: nothing,
  content: nothing,
  head: nothing,
  acted: nothing,
  contentEnd: nothing,
  keyLog: nothing,
}
const serving = tls.createSecureContext({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
  ecdhCurve: groups,
})
const dialling = tls.createSecureContext({ ecdhCurve: groups })

const server = net.createServer({ noDelay: true, pauseOnConnect: tapped }, accepted => {
  const client = tapped ? readShared(accepted).resume() : accepted
  client.on('error', () => client.destroy())
  client.once('data', (head: Buffer) => {
    const connect = /^CONNECT ([^\s:]+):(\d+) /.exec(head.toString('latin1'))
    if (!connect) return client.destroy()
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    client.once('data', (hello: Buffer) => {
      client.pause()
      const alpn = hello.includes('\x02h2') ? 'h2' : 'http/1.1'
      tunnel(under(client, 'client', hello), connect[1]!, Number(connect[2]), alpn)
    })
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stderr.write(`listening on 127.0.0.1:${(server.address() as net.AddressInfo).port}\n`)
})

/** What TLS gets to lie on; `read` is put back. */
function under(socket: net.Socket, leg: 'client' | 'upstream', read: Buffer): net.Socket {
  const below = tapped ? new JsTap({ socket, tape, connection: 1, leg }) : socket
  below.unshift(Buffer.from(read))
  return below as net.Socket // a TLSSocket asks for no more than a JsTap has
}

/** `alpn` is the client's only offer, which the load generator makes. */
function tunnel(client: net.Socket, servername: string, port: number, alpn: string): void {
  const socket = net.connect({ host: '127.0.0.1', port, noDelay: true, ...(tapped && { onread: sharedRead }) })
  const upstream = tls.connect({
    socket: tapped ? under(socket, 'upstream', Buffer.alloc(0)) : socket,
    servername,
    secureContext: dialling,
    rejectUnauthorized: false,
    ALPNProtocols: [alpn],
  })
  socket.on('error', () => client.destroy())
  upstream.on('error', () => client.destroy())
  upstream.once('secureConnect', () => {
    const secure = new tls.TLSSocket(client, {
      isServer: true,
      secureContext: serving,
      ALPNProtocols: [upstream.alpnProtocol || 'http/1.1'],
    })
    forward(secure, upstream)
    forward(upstream, secure)
  })
}

function forward(from: tls.TLSSocket, to: tls.TLSSocket): void {
  from.on('data', (bytes: Buffer) => {
    if (to.write(bytes)) return
    from.pause()
    to.once('drain', () => from.resume())
  })
  from.on('end', () => to.end())
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}
