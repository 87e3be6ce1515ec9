import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/** A server that answers with what it was asked for, after `delay` ms. */
export async function listeningOn(t: TestContext, host: string, delay = 0) {
  const server = createServer(({ method, url, headers }, response) => {
    setTimeout(() => response.end(`${method} ${url} ${headers.host}`), delay)
  })
  server.listen(0, host)
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  return { port: (server.address() as AddressInfo).port }
}
