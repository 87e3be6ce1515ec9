import { type Identity, makeTestAuthority, type TestAuthority } from './certificates.ts'
import { listen, type Origin, type OriginName } from './origin.ts'
import { originKinds } from './origin-kinds.ts'
import { makeSite } from './site.ts'

export type { Origin, OriginName } from './origin.ts'

/** The embedded servers while they run. */
export interface Origins {
  /** In the order of a tour. */
  readonly list: readonly Origin[]
  readonly named: (name: OriginName) => Origin
  /** Host name to address, for everything that has to reach them: `*.localhost` does not resolve everywhere. */
  readonly addresses: ReadonlyMap<string, string>
  /** PEM of the throwaway root that signs the good ones. */
  readonly caPem: string
  /** A certificate that `client-cert` accepts. */
  readonly clientIdentity: Identity
  readonly authority: TestAuthority
  /** Destroys every connection. */
  close(): Promise<void>
}

/** Starts an origin of every kind on free ports of 127.0.0.1. `slowMs` is how long `slow` waits before its first byte. */
export async function startOrigins(options: { readonly slowMs?: number } = {}): Promise<Origins> {
  const [authority, site, slowSite] = await Promise.all([
    makeTestAuthority(),
    makeSite(),
    makeSite(options.slowMs ?? 400),
  ])
  const started = await Promise.all(
    originKinds.map(async ({ name, title, lookAt, scheme = 'https', make }) => {
      const host = `${name}.localhost`
      const listening = await listen(make({ authority, site, slowSite, host }))
      const { port } = listening
      const origin: Origin = { name, host, port, url: `${scheme}://${host}:${port}`, title, lookAt }
      return { origin, listening }
    }),
  )
  const list = started.map(({ origin }) => origin)
  return {
    list,
    named: name => list.find(origin => origin.name === name)!,
    addresses: new Map(list.map(({ host }) => [host, '127.0.0.1'])),
    caPem: authority.caPem,
    clientIdentity: authority.issue({ host: 'Demo client', use: 'client' }),
    authority,
    close: async () => void (await Promise.all(started.map(({ listening }) => listening.close()))),
  }
}
