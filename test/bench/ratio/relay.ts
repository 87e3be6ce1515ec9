/**
 * The yardstick: CONNECT, TLS on both legs, nothing read and nothing kept.
 * Like Parley it waits for the ClientHello, asks upstream first, and offers the client what upstream chose.
 * Run: node relay.ts CERT KEY. Prints `listening on 127.0.0.1:PORT` on stderr.
 */
import { readFileSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { groups } from './tunnel.ts'

const [certFile = '', keyFile = ''] = process.argv.slice(2)
const serving = tls.createSecureContext({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
  ecdhCurve: groups,
})
const dialling = tls.createSecureContext({ ecdhCurve: groups })

const server = net.createServer({ noDelay: true }, client => {
  client.on('error', () => client.destroy())
  client.once('data', (head: Buffer) => {
    const connect = /^CONNECT ([^\s:]+):(\d+) /.exec(head.toString('latin1'))
    if (!connect) return client.destroy()
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    client.once('data', (hello: Buffer) => {
      client.pause()
      client.unshift(hello)
      tunnel(client, connect[1]!, Number(connect[2]), hello.includes('\x02h2') ? 'h2' : 'http/1.1')
    })
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stderr.write(`listening on 127.0.0.1:${(server.address() as net.AddressInfo).port}\n`)
})

/** `alpn` is the client's only offer, which the load generator makes. */
function tunnel(client: net.Socket, servername: string, port: number, alpn: string): void {
  const socket = net.connect({ host: '127.0.0.1', port, noDelay: true })
  const upstream = tls.connect({
    socket,
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
