import net from 'node:net'
import tls from 'node:tls'

/** A whole ClientHello as Node's OpenSSL says it. */
export function helloBytes(servername: string, options: tls.ConnectionOptions = {}): Promise<Buffer> {
  return new Promise(resolve => {
    const server = net.createServer(socket => {
      socket.once('data', bytes => {
        socket.destroy()
        server.close()
        resolve(bytes as Buffer)
      })
    })
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      tls.connect({ ...options, port, host: '127.0.0.1', servername }).on('error', () => {})
    })
  })
}
