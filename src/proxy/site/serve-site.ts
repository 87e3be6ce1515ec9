import http, { type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Answer, answerFor } from './answer.ts'
import type { SiteFacts } from './facts.ts'
import { describeRoot, type RootFacts } from './root.ts'
import { siteHost } from './site-host.ts'

/** Answers every request on a stream as Parley's own site. */
export function serveSite(stream: Duplex, facts: SiteFacts): void {
  const server = http.createServer(async (request, response) => {
    try {
      const { status, headers, body } = await answerTo(request, facts)
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
      response.end(request.method === 'HEAD' ? undefined : body)
    } catch (error) {
      console.error((error as Error).stack)
      response.writeHead(500, { connection: 'close' }).end()
    }
  })
  server.on('clientError', (_error: Error, socket: Duplex) => socket.destroy())
  stream.on('error', () => {})
  server.emit('connection', stream)
}

async function answerTo({ method = '', url = '/', headers }: IncomingMessage, facts: SiteFacts): Promise<Answer> {
  const { host = '', origin, 'user-agent': agent } = headers
  return answerFor({ method, path: url.replace(/\?.*/s, ''), host, origin, agent }, facts, await rootOf(facts))
}

const roots = new WeakMap<SiteFacts, RootFacts>()

/** The root is the last of every chain. */
async function rootOf(facts: SiteFacts): Promise<RootFacts> {
  const known = roots.get(facts)
  if (known) return known
  const { chain } = await facts.leaves.leafFor(siteHost)
  const root = describeRoot(chain.slice(chain.lastIndexOf('-----BEGIN')), await facts.leaves.forms())
  roots.set(facts, root)
  return root
}
