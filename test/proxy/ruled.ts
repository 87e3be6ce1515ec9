import type http from 'node:http'
import https from 'node:https'
import type { TestContext } from 'node:test'
import { listen as listenOrigin } from '../../src/peers/origin.ts'
import type { Claims } from '../../src/rules/claims.ts'
import type { Rulings } from '../../src/rules/rulings.ts'
import { identityFor } from './running.ts'

export const host = 'origin.localhost'
const none = () => undefined
/** Rules that claim this of every connection. */
export const ruled = (claims: Partial<Claims>): Rulings => ({
  connection: none,
  claims: () => ({ request: none, response: none, webSocket: none, ...claims }),
})
export const acts = [{ by: 'a rule', did: 'something' }]

/** A rule that adds a field to the heads of every second exchange. */
export const everySecond: Partial<Claims> = {
  request: exchange =>
    exchange % 2
      ? undefined
      : {
          most: 0,
          act: ({ head }) => ({
            type: 'change',
            acts,
            head: { ...head, headers: [...head.headers, ['X-Parley', `${exchange}`]] },
          }),
        },
  response: exchange =>
    exchange % 2
      ? undefined
      : {
          most: 1000,
          act: async ({ body }) => ({ type: 'change', acts, body: Buffer.from(`${Buffer.from(body!)}!`) }),
        },
}

/** A server over TLS that keeps its connections. */
export async function nodeOrigin(t: TestContext, serve: http.RequestListener) {
  const server = https.createServer({ ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] }, serve)
  server.keepAliveTimeout = 60_000
  server.maxRequestsPerSocket = 0
  const { port, close } = await listenOrigin(server)
  t.after(close)
  return port
}
