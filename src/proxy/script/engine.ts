import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Proxy as MitmProxy } from 'http-mitm-proxy'
import { unreadable } from '../../problem/from-script.ts'
import { failureResponse } from '../failure-page.ts'
import { isHttp2 } from './framing.ts'
import { Hooks, isFor } from './hooks.ts'
import { passUpgrade } from './pass-upgrade.ts'
import { mostHead, Pipeline } from './pipeline.ts'
import type { Script, Scripts } from './script.ts'
import { Session } from './session.ts'

export interface ScriptOptions {
  /** Folder of the authority, in http-mitm-proxy's layout. It mints nothing. */
  readonly authorityFolder: string
  /** ms that a script may take to call back. */
  readonly patience: number
}

/** A script that threw while it hung itself in. */
export class MountError extends Error {
  readonly file: string
  constructor(file: string, cause: unknown) {
    super('a script failed', { cause })
    this.file = file
  }
}

/** Hangs the scripts into http-mitm-proxy, which is given its clients and servers by hand. Throws MountError. */
export async function openScripts(scripts: readonly Script[], options: ScriptOptions): Promise<Scripts> {
  const proxy = new MitmProxy()
  const hooks = new Hooks(options.patience)
  for (const script of scripts) {
    await hooks.mount(script, proxy).catch(error => {
      throw new MountError(script.file, error)
    })
  }
  const sessions = new WeakMap<Duplex, Session>()
  const server = await start(proxy, options.authorityFolder)
  new Pipeline(hooks, sessions).join(proxy)
  serveSessions(server, sessions)
  return {
    runOn: host => scripts.some(script => isFor(script, host)),
    through(conversation) {
      const session = new Session(conversation)
      sessions.set(session.inner, session)
      server.emit('connection', session.inner)
      return session.outer
    },
  }
}

/** http-mitm-proxy makes its server when it listens; nobody is to reach that. */
function start(proxy: MitmProxy, sslCaDir: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    proxy.listen({ port: 0, host: '127.0.0.1', sslCaDir, keepAlive: true }, error => {
      const server = proxy.httpServer
      server?.close()
      if (error || !server) reject(error)
      else resolve(server)
    })
  })
}

interface ServerSettings {
  maxHeaderSize: number
  requireHostHeader: boolean
  httpAllowHalfOpen: boolean
  shouldUpgradeCallback: (request: IncomingMessage) => boolean
}

/** What a client says of itself to its proxy is nothing for scripts, nor for a server (RFC 9110 11.7.2). */
function hideCredentials({ headers, rawHeaders }: IncomingMessage): void {
  if (headers['proxy-authorization'] === undefined) return
  delete headers['proxy-authorization']
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2)
    if (rawHeaders[at]!.toLowerCase() === 'proxy-authorization') rawHeaders.splice(at, 2)
}

function serveSessions(server: Server, sessions: WeakMap<Duplex, Session>): void {
  const settings: ServerSettings = {
    maxHeaderSize: mostHead,
    requireHostHeader: false,
    httpAllowHalfOpen: true,
    shouldUpgradeCallback: ({ headers }) => !isHttp2(headers.upgrade),
  }
  Object.assign(server, settings, { maxHeadersCount: 0, keepAliveTimeout: 0 })
  const served = (request: IncomingMessage, answer: ServerResponse): void => {
    const session = sessions.get(request.socket)
    session?.begin(answer)
    hideCredentials(request)
    request.headers.host ??= session?.conversation.host ?? '' // http-mitm-proxy refuses what names none
  }
  const asUsual = (request: IncomingMessage, answer: ServerResponse) => server.emit('request', request, answer)
  const switching = (request: IncomingMessage, client: Duplex, head: Buffer): void => {
    const session = sessions.get(request.socket)
    const place = session?.arrive()
    hideCredentials(request)
    session?.whenIdle(() => passUpgrade(request, client, head, session, place))
  }
  server.prependListener('request', served)
  server.on('checkContinue', asUsual).on('checkExpectation', asUsual) // the server is to say what it expects
  server.removeAllListeners('upgrade').removeAllListeners('connect').on('upgrade', switching).on('connect', switching)
  server.on('clientError', (error: NodeJS.ErrnoException, client) => {
    const session = sessions.get(client)
    if (!session || client.destroyed || !error.code?.startsWith('HPE_')) return void client.destroy()
    const problem = unreadable('request', error)
    session.conversation.tell(problem)
    client.end(failureResponse(problem))
  })
}
