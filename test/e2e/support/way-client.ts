/**
 * A client of Node's own modules alone, run as a program: `node way-client.ts '{"via":"socks5",…}'` asks for a path and
 * prints the body. It needs no flag and no package, so that any user can run a copy of it.
 */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import net, { type Socket } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'

export interface Visit {
  /** Absent: straight to the address. */
  readonly via?: { readonly kind: 'socks5' | 'connect'; readonly port: number } | undefined
  /** Where to connect where nobody is asked to. */
  readonly address: string
  readonly host: string
  readonly port: number
  readonly path: string
  readonly ca: string
  readonly alpn: 'h2' | 'http/1.1'
}

/** The next bytes of a socket, which then waits. */
const heard = (socket: Socket): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject).once('close', () => reject(new Error('closed')))
    socket.once('data', (bytes: Buffer) => {
      socket.pause()
      resolve(bytes)
    })
    socket.resume()
  })

/** RFC 1928 3, 4: no authentication, CONNECT, by name. */
async function askSocks(socket: Socket, host: string, port: number): Promise<void> {
  socket.write(Buffer.of(5, 1, 0))
  const chosen = await heard(socket)
  if (chosen[1] !== 0) throw new Error(`SOCKS5 chose method ${chosen[1]}`)
  const name = Buffer.from(host)
  socket.write(Buffer.concat([Buffer.of(5, 1, 0, 3, name.length), name, Buffer.of(port >> 8, port & 255)]))
  const answer = await heard(socket)
  if (answer[1] !== 0) throw new Error(`SOCKS5 answered ${answer[1]}`)
}

/** RFC 9110 9.3.6 */
async function askConnect(socket: Socket, host: string, port: number): Promise<void> {
  socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
  const head = String(await heard(socket))
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head)
}

async function reach({ via, address, host, port, ca, alpn }: Visit): Promise<TLSSocket> {
  const socket = via ? net.connect(via.port, '127.0.0.1') : net.connect(port, address)
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  if (via) await (via.kind === 'socks5' ? askSocks : askConnect)(socket, host, port)
  const secured = tls.connect({ socket, servername: host, ca: readFileSync(ca), ALPNProtocols: [alpn] })
  await new Promise((resolve, reject) => secured.once('secureConnect', resolve).once('error', reject))
  if (secured.alpnProtocol !== alpn) throw new Error(`agreed on ${secured.alpnProtocol}`)
  return secured
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const part of stream) text += String(part)
  return text
}

async function visit(wanted: Visit): Promise<string> {
  const socket = await reach(wanted)
  const { host, port, path, alpn } = wanted
  if (alpn === 'http/1.1') {
    const request = http.get({ path, headers: { host: `${host}:${port}` }, createConnection: () => socket })
    const response = await new Promise<http.IncomingMessage>((resolve, reject) =>
      request.once('response', resolve).once('error', reject),
    )
    const text = await textOf(response)
    socket.end()
    return text
  }
  const session = http2.connect(`https://${host}:${port}`, { createConnection: () => socket })
  const text = await textOf(session.request({ ':path': path }))
  session.close()
  return text
}

process.stdout.write(await visit(JSON.parse(process.argv[2]!) as Visit))
