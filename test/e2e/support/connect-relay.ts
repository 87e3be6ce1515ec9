import { connect, createServer } from 'node:net'
import type { Owner } from './processes.ts'

/** A local port whose connections go through a CONNECT tunnel of the proxy: for programs that know no proxy. */
export async function startConnectRelay(owner: Owner, proxyPort: number, target: string): Promise<number> {
  const open = new Set<{ destroy(): void }>()
  const server = createServer({ allowHalfOpen: true }, client => {
    const proxy = connect({ port: proxyPort, host: '127.0.0.1', allowHalfOpen: true })
    for (const socket of [client, proxy]) {
      open.add(socket)
      socket.on('error', () => [client, proxy].map(each => each.destroy()))
      socket.once('close', () => open.delete(socket))
    }
    proxy.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
    let head = ''
    const onHead = (bytes: Buffer): void => {
      head += bytes.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      proxy.off('data', onHead)
      client.write(Buffer.from(head.slice(end + 4), 'latin1'))
      proxy.pipe(client)
      client.pipe(proxy)
    }
    proxy.on('data', onHead)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  owner.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}
