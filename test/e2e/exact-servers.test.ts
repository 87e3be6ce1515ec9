/** Through Parley a server does with every client what it does without. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type ProxiedClient, variants } from './support/env-clients.ts'
import { differences, opensslSpoke, type Twice } from './support/hello-differences.ts'
import { inParallel } from './support/in-parallel.ts'
import { startParley } from './support/parley.ts'
import { buildPoses, haveUtls } from './support/poses.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { type KeyType, startZoo } from './support/server-zoo.ts'
import { untoldAlerts } from './support/told-alerts.ts'
import { type Watch, watchProxy, watchServer } from './support/watched.ts'

const host = 'origin.test'
const servers = ['nginx', 'gnutls-serv', 'openssl', 'python3', 'java', 'go', 'bun', 'deno']
const utls = haveUtls ? [] : ["Debian's golang-refraction-networking-utls-dev"]
const poses = [
  'Golang-0',
  'Chrome-106',
  'Chrome-58',
  'Firefox-105',
  'Firefox-55',
  'iOS-14',
  'Android-11',
  'Safari-16.0',
]

/** What goes another way for a reason that does not lie in the hello. */
const known: Readonly<Record<string, string>> = {
  'gnutls-cli NORMAL:%NO_EXTENSIONS:-VERS-ALL:+VERS-TLS1.2 at gnutls-serv as it comes':
    'OpenSSL, as which Parley answers the client, signs with SHA-1 alone for one without signature_algorithms',
  'Firefox-105 at gnutls-serv CBC alone':
    'OpenSSL, which speaks there, does not take the answer to the record_size_limit that it imitates',
}

const needs = [...servers, 'tshark', ...utls]
e2e('poses get from every server what they get directly', { needs, timeout: 240_000 }, async t => {
  const { zoo, parley, dumb, front, rootsPath, folder } = await open(t)
  const program = await buildPoses(t)
  const all = await Promise.all(
    zoo.servers.flatMap((server, turn) =>
      everySecond(poses, turn).map(async pose => ({
        name: `${pose} at ${server.name}`,
        pose,
        watch: await watchServer(t, server.port),
      })),
    ),
  )
  const asked = all.map(({ pose, watch }) => ({ pose, port: watch.port }))
  const directly = await program.ask(dumb.port, rootsPath, host, asked)
  const many = all.map(({ watch }) => watch.seen.length)
  const through = await program.ask(front.port, rootsPath, host, asked)
  const openssl = await opensslSpoke(parley)
  const pairs = all.map(({ name, watch: { port, seen } }, index) => ({
    name,
    outcomes: [directly.get(port)!, through.get(port)!] as const,
    direct: seen.slice(0, many[index]),
    front: front.seen.filter(({ target }) => target === port),
    arrived: seen.slice(many[index]),
    openssl: openssl.get(port),
  }))
  t.diagnostic(summary(pairs))
  const alerts = await untoldAlerts(
    parley,
    pairs.map(({ name, outcomes: [went] }, index) => ({ name, went, port: asked[index]!.port })),
  )
  assert.deepEqual(alerts, [], 'the alert of every refusal is told')
  assert.deepEqual(
    await differences(
      folder,
      pairs.filter(({ name }) => !known[name]),
    ),
    [],
  )
})

/** Where curl, OpenSSL and GnuTLS are sent with all their options: what a server of each kind makes of them. */
const some = [
  's_server as it comes',
  's_server group P-384',
  's_server requires a certificate',
  's_server RSA-CBC',
  's_server TLS 1.1',
  'gnutls-serv as it comes',
  'Go',
]

e2e('programs with many hellos get from servers what they get directly', { needs, timeout: 240_000 }, async t => {
  const { zoo, parley, dumb, front, rootsPath, folder } = await open(t)
  const page = /s_server -accept|GnuTLS|here/
  const all: (Twice & { readonly port: number })[] = []
  const once = async ({ name, ask }: ProxiedClient, server: { name: string; port: number }): Promise<void> => {
    const { port, seen } = await watchServer(t, server.port)
    const asking = { host, port, roots: [], rootsPath, page }
    const direct = await ask(t, { ...asking, proxyPort: dumb.port })
    const many = seen.length
    const through = await ask(t, { ...asking, proxyPort: front.port })
    all.push({
      name: `${name} at ${server.name}`,
      outcomes: [direct, through],
      direct: seen.slice(0, many),
      front: front.seen.filter(({ target }) => target === port),
      arrived: seen.slice(many),
      openssl: undefined,
      port,
    })
  }
  const chosen = zoo.servers.filter(({ name }) => some.includes(name))
  await inParallel(
    chosen.flatMap((server, turn) => everySecond(variants, turn).map(client => () => once(client, server))),
  )
  t.diagnostic(summary(all))
  assert.ok(all.length >= some.length * Math.floor(variants.length / 2))
  const openssl = await opensslSpoke(parley)
  const pairs = all.map(each => ({ ...each, openssl: openssl.get(each.port) }))
  assert.deepEqual(
    await differences(
      folder,
      pairs.filter(({ name }) => !known[name]),
    ),
    [],
  )
})

const keyTypes: readonly KeyType[] = ['ec', 'p384', 'rsa', 'pss', 'ed25519']

e2e('servers that require a certificate get the one that Parley has for them', { needs, timeout: 240_000 }, async t => {
  const zoo = await startZoo(t, host)
  const program = await buildPoses(t)
  const requiring = zoo.servers.filter(({ name }) => name.includes('requires a certificate'))
  assert.equal(requiring.length, 3)
  for (const [turn, keyType] of keyTypes.entries()) {
    const { cert, key } = zoo.files(keyType)
    const options = ['--resolve', `${host}:127.0.0.1`, '--client-cert', `${host}=${cert},${key}`]
    const parley = await startParley(t, '--upstream-ca', zoo.caPath, ...options, '--tls-client', 'exact')
    for (const pose of everySecond(['Chrome-106', 'Firefox-55'], turn)) {
      const asked = requiring.map(({ port }) => ({ pose, port }))
      const went = await program.ask(parley.port, parley.caPath, host, asked)
      for (const { name, port } of requiring)
        assert.ok('got' in went.get(port)!, `${keyType}, ${pose} at ${name}: ${JSON.stringify(went.get(port))}`)
    }
    await parley.stop()
  }
})

/** All of them in CI; elsewhere half of them from each server, or `npm test` takes longer than it may. */
const everySecond = <T>(all: readonly T[], turn: number): readonly T[] =>
  all.filter((_, index) => process.env.PARLEY_CI !== undefined || (index + turn) % 2 === 0)

async function open(t: TestContext) {
  const folder = temporaryFolder(t)
  const zoo = await startZoo(t, host)
  const loose = ['--min-tls', '1.0', '--resolve', `${host}:127.0.0.1`]
  const parley = await startParley(t, '--upstream-ca', zoo.caPath, ...loose)
  const rootsPath = join(folder, 'roots.pem')
  writeFileSync(rootsPath, readFileSync(zoo.caPath, 'utf8') + readFileSync(parley.caPath, 'utf8'))
  const [dumb, front]: Watch[] = [await watchProxy(t), await watchProxy(t, parley.port)]
  return { folder, zoo, parley, rootsPath, dumb: dumb!, front: front! }
}

function summary(all: readonly Twice[]): string {
  const count = (kind: string): number => all.filter(({ outcomes: [direct] }) => kind in direct).length
  const counts = `${count('got')} get a page directly, ${count('refused')} are refused, ${count('gaveUp')} give up`
  return `${all.length} pairs of client and server: ${counts}`
}
