import net from 'node:net'
import tls from 'node:tls'

/** One group for every leg, so that no peer pays for another key exchange than the rest. */
export const groups = 'X25519:P-256'

const secureContext = tls.createSecureContext({ ecdhCurve: groups })

/** Where a request goes: through the proxy on `proxyPort` to `host`. */
export interface Route {
  readonly proxyPort: number
  readonly host: string
  readonly originPort: number
}

/** A TLS connection through a CONNECT proxy, never resumed. Rejects with what went wrong on the way. */
export function openTunnel(route: Route, alpn: 'h2' | 'http/1.1'): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port: route.proxyPort, noDelay: true })
    const fail = (error: Error): void => {
      socket.destroy()
      reject(error)
    }
    socket.setTimeout(10_000, () => fail(new Error('no handshake in 10 s')))
    socket.once('error', fail)
    socket.once('close', () => fail(new Error('closed before TLS was up')))
    const authority = `${route.host}:${route.originPort}`
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
    socket.once('data', (answer: Buffer) => {
      if (answer.toString('latin1', 9, 12) !== '200') return fail(new Error(`CONNECT answered ${answer}`))
      const secure = tls.connect({
        socket,
        servername: route.host,
        secureContext,
        rejectUnauthorized: false,
        ALPNProtocols: [alpn],
      })
      secure.once('error', fail)
      secure.once('secureConnect', () => {
        socket.setTimeout(0)
        if (secure.alpnProtocol !== alpn) return fail(new Error(`ALPN ${secure.alpnProtocol} for ${alpn}`))
        resolve(secure)
      })
    })
  })
}
