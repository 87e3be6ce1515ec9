import net from 'node:net'
import type { HelloChanges } from '../../wire/tls/client/hello/sent-hello.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import type { TlsWishes } from '../hello/tls-wishes.ts'
import type { TunnelScope } from './scope.ts'

/** What a server is to be told, besides what the client's hello says. */
export interface HelloWishes {
  readonly wishes: TlsWishes
  /** The oldest version that is spoken with it. */
  readonly oldest: number
  readonly seen: SeenHello | undefined
  readonly serverName: string | undefined
  /** The protocols to offer. */
  readonly alpn: readonly string[] | undefined
}

/** The client's hello, where Parley's own TLS client can send it and nothing is wanted that only OpenSSL can do. */
export function exactHello(
  { services: { options } }: Pick<TunnelScope, 'services'>,
  { seen, wishes }: HelloWishes,
): SeenHello | undefined {
  if (!seen || seen.message.length === 0 || !(wishes.mirror ?? options.mirror)) return undefined
  return (wishes.maxVersion ?? wishes.cipherSuites ?? wishes.groups) ? undefined : seen
}

/** Why a hello had better not reach the server; undefined where it may. A client that is too old is told so on its own leg. */
export function tooOld({ hello: { supportedVersions, legacyVersion } }: SeenHello, oldest: number): string | undefined {
  const known = (supportedVersions ?? [legacyVersion]).filter(version => version <= tls13)
  return Math.max(...known) < oldest ? 'the client offers nothing that --min-tls allows' : undefined
}

/** In what the server's hello has to differ from the client's. */
export async function changesFor(
  scope: Pick<TunnelScope, 'services' | 'target'>,
  { hello }: SeenHello,
  { serverName = '', alpn = [] }: HelloWishes,
): Promise<HelloChanges> {
  const name = net.isIP(serverName) ? '' : serverName
  return {
    ...(name !== (hello.serverName ?? '') && { serverName: name }),
    ...(hello.alpn && alpn.join() !== hello.alpn.join() && { alpn }),
    ...(hello.extensions.some(({ type }) => type === encryptedClientHello) && { redrawEch: await hasKeys(scope) }),
  }
}

const encryptedClientHello = 0xfe0d
const patience = 500 // ms for the HTTPS records, which were asked for when the dial began

/** Whether the server may have the key to a ClientHello that is encrypted: then it must not open it, for only the client can go on. */
async function hasKeys({ services: { serviceLookup }, target }: Pick<TunnelScope, 'services' | 'target'>) {
  if (!serviceLookup) return true
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<[]>(resolve => {
    timer = setTimeout(resolve, patience, [])
  })
  const records = await Promise.race([serviceLookup.recordsOf(target), late])
  clearTimeout(timer)
  return records.some(({ ech }) => ech)
}
