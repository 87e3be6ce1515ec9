import http from 'node:http'
import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export interface FakeProxy {
  readonly port: number
  /** What it was asked: the request line and what it got as Proxy-Authorization, or the SOCKS request as text. */
  readonly asked: string[]
}

async function open(t: Pick<TestContext, 'after'>, server: Server, asked: string[]): Promise<FakeProxy> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => {}))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

/** A proxy of Node's own HTTP: CONNECT and absolute form, to whatever host at `to` on this machine. `refuse` is its answer instead. */
export function httpProxy(
  t: Pick<TestContext, 'after'>,
  to: number,
  refuse?: string,
  server: http.Server = http.createServer(),
): Promise<FakeProxy> {
  const asked: string[] = []
  const note = ({ method, url, headers }: http.IncomingMessage): void => {
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? '-'}`)
  }
  server.on('connect', (request: http.IncomingMessage, socket: Socket, head: Buffer) => {
    note(request)
    if (refuse) return socket.end(`HTTP/1.1 ${refuse}\r\nContent-Length: 0\r\n\r\n`)
    const there = net.connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\nX-Proxy: fake\r\n\r\n')
      there.write(head)
      socket.pipe(there).pipe(socket)
    })
    there.on('error', () => socket.destroy())
    t.after(() => there.destroy())
    return socket
  })
  server.on('request', (request, response) => {
    note(request)
    if (refuse) {
      const [status] = refuse.split(' ')
      response.writeHead(Number(status), { 'content-length': 0 })
      return response.end()
    }
    const { pathname, search } = new URL(request.url ?? '')
    const path = pathname + search
    const { 'proxy-authorization': _, ...headers } = request.headers
    const on = http.request({ port: to, host: '127.0.0.1', method: request.method ?? '', path, headers }, answer => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    return request.pipe(on.on('error', () => response.destroy()))
  })
  return open(t, server, asked)
}

/** A SOCKS server that does as scripted: `answers` are said one after another, each to what comes; then it is a pipe to `to`. */
export function scriptedProxy(
  t: Pick<TestContext, 'after'>,
  answers: readonly (Buffer | 'end')[],
  to?: number,
): Promise<FakeProxy> {
  const asked: string[] = []
  const server = net.createServer(socket => {
    let turn = 0
    const heard = (chunk: Buffer): void => {
      asked.push(chunk.toString('hex'))
      const answer = answers[turn++]
      if (answer === 'end') socket.end()
      else if (answer) socket.write(answer)
      if (turn < answers.length || to === undefined) return
      socket.off('data', heard).pause()
      const there = net.connect(to, '127.0.0.1', () => void socket.pipe(there).pipe(socket))
      there.on('error', () => socket.destroy())
      t.after(() => there.destroy())
    }
    socket.on('data', heard)
  })
  return open(t, server, asked)
}
