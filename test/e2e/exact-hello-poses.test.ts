/** The server sees the client's own hello, byte for byte: posed clients, looked at from outside. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hellosOf, masked } from './support/hello-bytes.ts'
import { differences, opensslSpoke } from './support/hello-differences.ts'
import { type Identities, makeIdentities } from './support/identities.ts'
import { startNginx } from './support/nginx.ts'
import { startParley } from './support/parley.ts'
import { buildPoses, haveUtls } from './support/poses.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { watchProxy, watchServer } from './support/watched.ts'

const host = 'origin.test'
const utls = haveUtls ? [] : ["Debian's golang-refraction-networking-utls-dev"]
const needs = ['go', 'nginx', 'tshark', ...utls]

/** Of nginx, Parley's `--tls-client`, and which poses outside CI, where it is all of them: every one, every second. */
const origins: Readonly<Record<string, readonly [settings: string, tlsClient: 'auto' | 'exact', every: number]>> = {
  'an origin as they are': ['ssl_protocols TLSv1.2 TLSv1.3;', 'auto', 1],
  'one that asks for another group': ['ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve secp384r1:secp521r1;', 'auto', 2],
  'one that knows TLS 1.2 and no tickets': ['ssl_protocols TLSv1.2; ssl_session_tickets off;', 'exact', 2],
}

for (const [title, [settings, tlsClient, every]] of Object.entries(origins))
  e2e(`poses of uTLS arrive as they left at ${title}`, { needs, timeout: 240_000 }, async t => {
    const folder = temporaryFolder(t)
    const identities = await makeIdentities(t)
    const nginx = await startNginx(t, block(identities, settings))
    const options = ['--resolve', `${host}:127.0.0.1`, '--tls-client', tlsClient]
    const parley = await startParley(t, '--upstream-ca', identities.caPath, ...options)
    const roots = join(folder, 'roots.pem')
    writeFileSync(roots, readFileSync(identities.caPath, 'utf8') + readFileSync(parley.caPath, 'utf8'))
    const poses = await buildPoses(t)
    const [direct, front] = [await watchProxy(t), await watchProxy(t, parley.port)]
    const names = poses.names.filter((_, index) => process.env.PARLEY_CI !== undefined || index % every === 0)
    const origins = await Promise.all(names.map(() => watchServer(t, nginx.ports[0]!)))
    const asked = names.map((pose, index) => ({ pose, port: origins[index]!.port }))
    const outcomes = await poses.ask(direct.port, roots, host, asked)
    const directly = origins.map(({ seen }) => seen.length)
    const throughParley = await poses.ask(front.port, roots, host, asked)
    const openssl = await opensslSpoke(parley)
    const wrong = await differences(
      folder,
      asked.map(({ pose, port }, index) => ({
        name: pose,
        outcomes: [outcomes.get(port)!, throughParley.get(port)!],
        direct: origins[index]!.seen.slice(0, directly[index]),
        front: front.seen.filter(({ target }) => target === port),
        arrived: origins[index]!.seen.slice(directly[index]),
        openssl: openssl.get(port),
      })),
      tlsClient === 'exact' ? 'by Parley' : 'by OpenSSL',
    )
    const stood = [...outcomes.values()].filter(went => 'got' in went).length
    t.diagnostic(`${names.length} poses, ${stood} of them finish directly`)
    assert.ok(stood > names.length / 2)
    assert.deepEqual(wrong, [])
  })

e2e('a client for which OpenSSL speaks does not take their hellos from others', { needs }, async t => {
  const identities = await makeIdentities(t)
  const nginx = await startNginx(t, block(identities, 'ssl_protocols TLSv1.2;'))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--resolve', `${host}:127.0.0.1`)
  const poses = await buildPoses(t)
  const front = await watchProxy(t, parley.port)
  const { port, seen } = await watchServer(t, nginx.ports[0]!)
  for (const pose of ['360Browser-7.5', 'Chrome-106', '360Browser-7.5'])
    await poses.ask(front.port, parley.caPath, host, [{ pose, port }])
  const [left, arrived] = [front.seen, seen].map(all => all.map(each => masked(hellosOf(each)[0]!)))
  assert.equal(arrived?.length, 4) // the third time nobody tries
  assert.deepEqual(arrived?.slice(0, 1), left?.slice(0, 1))
  assert.equal(arrived?.[2], left?.[1])
  const openssl = (await parley.show()).map(({ legs }) => legs.upstream?.openssl !== undefined)
  assert.deepEqual(openssl, [true, false, true])
})

const block = (identities: Identities, settings: string): string => {
  const { cert, key } = identities.leaf('origin', { host })
  return `listen 127.0.0.1:PORT ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${key};
    ${settings} location / { return 200 "here\\n"; }`
}
