import { problemOf } from '../../problem/problem.ts'
import { failureResponse } from '../failure-page.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'
import { JsTap } from '../socket/js-tap.ts'
import { tunnel } from '../tunnel/tunnel.ts'
import { type Arrival, aim } from './arrival.ts'
import { parseAuthority } from './authority.ts'
import { serveCleartext } from './cleartext/serve-cleartext.ts'
import { endIdle } from './end-idle.ts'
import { refuse } from './refuse.ts'

/** Another way in, by a client's first bytes. */
export type Divert = (first: Buffer) => ((arrival: Arrival, first: Buffer) => void) | undefined

/**
 * Serves a client that has just connected: its requests in clear go to their origins, and a CONNECT makes a tunnel of
 * its connection. Tells the tape when the connection is over, unless a tunnel or another way in has it then.
 */
export function serveHttp1(arrival: Arrival, divert: Divert): void {
  const { services, socket, connection } = arrival
  const { tape, lobby } = services
  const client = new ContentTap({ socket, tape, connection, leg: 'client' })
  client.on('error', () => {})
  client.sniff(layerOf)
  client.divert = bytes => {
    const enter = divert(bytes)
    if (!enter) return false
    stopWatch()
    lobby.leaves(client)
    client.handOver()
    enter(arrival, Buffer.from(bytes))
    return true
  }
  const cleartext = serveCleartext({
    services,
    client,
    onIdle: () => {
      client.sniff(layerOf)
      lobby.waits(client, cleartext.held)
    },
    onConnect: (url, rest) => void connect(url, rest),
  })
  const { hello } = services.options.timeouts
  const stopWatch = endIdle(client, cleartext, { hello, late: cleartext.late })
  lobby.waits(client, 0)
  client.on('data', () => {
    if (cleartext.idle || cleartext.held > mostUncounted) lobby.waits(client, cleartext.held)
    else lobby.leaves(client)
  })
  client.once('close', async () => {
    lobby.leaves(client)
    if (client.handedOver) return
    await cleartext.end()
    tellClosed(services, client)
  })

  async function connect(url: string, rest: Uint8Array): Promise<void> {
    await cleartext.end()
    if (client.destroyed) return
    stopWatch()
    lobby.leaves(client)
    openTunnel(arrival, client, url, rest)
  }
}

function tellClosed({ tape }: Services, { connection, received, sent, closedBy }: ContentTap): void {
  const closed = closedBy ?? { at: now(), by: 'parley', how: 'fin' }
  const bytes = { toServer: received, toClient: sent }
  tape.event(connection, now(), { type: 'leg-closed', leg: 'client', closed, bytes })
  tape.event(connection, now(), { type: 'closed', at: now() })
}

const mostUncounted = 16_384 // bytes held of a client whose requests are being answered

/** The head of a CONNECT is no plain traffic; other methods that begin with C are. */
function layerOf(first: Buffer): 'below' | 'above' | undefined {
  const start = first.toString('latin1', 0, connectMethod.length)
  if (start === connectMethod) return 'below'
  return connectMethod.startsWith(start) ? undefined : 'above'
}

const connectMethod = 'CONNECT '

function openTunnel(arrival: Arrival, client: ContentTap, url: string, head: Uint8Array): void {
  const { services, connection, address } = arrival
  const { tape } = services
  const target = parseAuthority(url)
  if (!target) return refuse(services, client, problemOf('proxy/bad-connect', { detail: `CONNECT ${url}` }))
  const problem = aim(arrival, 'connect', target)
  if (problem) {
    tape.event(connection, now(), { type: 'failed', problem })
    client.end(failureResponse(problem))
    return
  }
  const unread = Buffer.concat([head, client.handOver()])
  const tap = new JsTap({
    socket: client.socket,
    tape,
    connection,
    leg: 'client',
    received: client.received - unread.length,
    sent: client.sent,
    unread,
    remoteAddress: address,
  })
  tap.on('error', () => {})
  tap.preamble(Buffer.from('HTTP/1.1 200 Connection Established\r\n\r\n'))
  void tunnel(services, connection, tap, target)
}
