/** The server sees the client's own hello, byte for byte: real clients, looked at from outside. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { browsers, libraries, type ProxiedClient, variants } from './support/env-clients.ts'
import { differences, opensslSpoke, type Twice } from './support/hello-differences.ts'
import { makeIdentities } from './support/identities.ts'
import { inParallel } from './support/in-parallel.ts'
import { startOrigin } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { watchProxy, watchServer } from './support/watched.ts'

const host = 'origin.test'

const groups: readonly {
  readonly title: string
  readonly clients: readonly ProxiedClient[]
  readonly needs?: readonly string[]
  readonly width?: number
}[] = [
  { title: 'of runtimes and libraries', clients: libraries, needs: ['curl', 'python3', 'java', 'go', 'ruby', 'php'] },
  { title: 'with other lists, versions and groups', clients: variants, needs: ['curl', 'openssl', 'gnutls-cli'] },
  { title: 'that are browsers', clients: browsers, needs: ['chromium', 'firefox-esr', 'certutil'], width: 1 },
]

for (const { title, clients, needs = [], width = 3 } of groups)
  e2e(
    `the hellos of clients ${title} arrive as they left`,
    { needs: ['tshark', ...needs], timeout: 240_000 },
    async t => {
      const folder = temporaryFolder(t)
      const identities = await makeIdentities(t)
      const origin = await startOrigin(t, identities.leaf('origin', { host }))
      const loose = ['--min-tls', '1.0', '--resolve', `${host}:127.0.0.1`]
      const parley = await startParley(t, '--upstream-ca', identities.caPath, ...loose)
      const roots = [identities.caPath, parley.caPath].map(path => readFileSync(path, 'utf8'))
      const rootsPath = join(folder, 'roots.pem')
      writeFileSync(rootsPath, roots.join(''))
      const [dumb, front] = [await watchProxy(t), await watchProxy(t, parley.port)]
      const all: (Twice & { readonly port: number })[] = []
      await inParallel(
        clients.map(({ name, ask }) => async () => {
          const { port, seen } = await watchServer(t, origin)
          const asking = { host, port, roots, rootsPath, page: /GET \/asked/ }
          const directly = await ask(t, { ...asking, proxyPort: dumb.port })
          const direct = [...seen]
          const through = await ask(t, { ...asking, proxyPort: front.port })
          const arrived = seen.slice(direct.length)
          const own = front.seen.filter(({ target }) => target === port)
          all.push({ name, port, outcomes: [directly, through], direct, front: own, arrived, openssl: undefined })
        }),
        width,
      )
      const silent = all.filter(({ direct }) => direct.length === 0)
      t.diagnostic(`${all.length} clients; ${silent.map(({ name }) => name).join(', ') || 'none'} did not connect`)
      for (const { name, outcomes } of all) t.diagnostic(`${name}: ${JSON.stringify(outcomes[0])}`)
      const openssl = await opensslSpoke(parley)
      assert.deepEqual(
        await differences(
          folder,
          all.filter(({ direct }) => direct.length > 0).map(each => ({ ...each, openssl: openssl.get(each.port) })),
        ),
        [],
      )
    },
  )
