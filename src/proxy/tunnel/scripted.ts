import type { Duplex } from 'node:stream'
import { orOfScript } from '../../problem/from-script.ts'
import { lateProblem } from '../../problem/from-server.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { http1 } from '../leg/alpn.ts'
import type { Upstream } from '../leg/upstream.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'
import type { TunnelScope } from './scope.ts'
import { withholds } from './secure-server.ts'
import { isRequest } from './spoken.ts'

/** Whether a script is to see what this client says to a host: then both legs have to speak HTTP/1.1. */
export const isScripted = ({ scripts }: Services, host: string, hello: ClientHello | undefined): boolean =>
  scripts !== undefined && hello !== undefined && (hello.alpn?.includes(http1) ?? true) && scripts.runOn(host)

/** Relays through the scripts. The tape gets the content of both legs, which differ. */
export async function relayScripted(
  { services, connection, target, tell }: TunnelScope,
  { socket, alpn, hadCertificate }: Upstream,
  host: string,
  hello: ClientHello | undefined,
  placeOf: (count: number) => number | undefined,
  relay: (server: Duplex) => Promise<void>,
): Promise<void> {
  const { tape, options } = services
  const upstream = new ContentTap({ socket, tape, connection, leg: 'upstream' })
  const over = new Promise(resolve => upstream.once('close', resolve))
  const server = services.scripts!.through({
    target,
    host,
    secure: true,
    upstream,
    placeOf,
    failAsServer: options.failAsServer,
    tell: problem => tell({ type: 'failed', problem }),
    explain: error => {
      const problem = lateProblem(error, hadCertificate)
      return alpn === undefined && withholds(hello) ? orOfScript(problem) : problem
    },
  })
  await relay(server)
  await over
}

/** Whether a client that agreed on no protocol asks for something in HTTP/1 before the server has said a word. */
export function asksInHttp1(client: Duplex, server: Duplex): Promise<boolean> {
  return new Promise(resolve => {
    const heard = (): void => {
      for (const side of [client, server]) for (const event of ['readable', 'close', 'end']) side.off(event, heard)
      const first: Buffer | null = client.read()
      if (first) client.unshift(first)
      resolve(first !== null && isRequest(first))
    }
    for (const side of [client, server]) for (const event of ['readable', 'close', 'end']) side.once(event, heard)
    if (client.destroyed || server.destroyed) heard()
  })
}
