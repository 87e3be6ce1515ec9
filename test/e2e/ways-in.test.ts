/** Real clients by every way in: SOCKS, TLS and HTTP/2 to the proxy itself. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { runChromium } from './support/browser.ts'
import { makeIdentities } from './support/identities.ts'
import { freePort } from './support/nginx.ts'
import { startOrigin } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { run } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'origin.localhost'

async function setUp(t: TestContext, ...args: string[]): Promise<{ parley: Parley; url: string; port: number }> {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, ...args)
  return { parley, port, url: `https://${host}:${port}` }
}

const curl = (parley: Parley, args: readonly string[]) =>
  run('curl', ['-sS', '--max-time', '20', '--noproxy', '', '--cacert', parley.caPath, ...args], { timeout: 25_000 })

for (const [scheme, entrance] of [
  ['socks4a', 'socks4a'],
  ['socks5h', 'socks5'],
] as const)
  e2e(`curl over ${scheme} sees its origin in h1 and h2`, { needs: ['curl'] }, async t => {
    const { parley, url } = await setUp(t)
    for (const [flag, version] of [
      ['--http1.1', '1.1'],
      ['--http2', '2.0'],
    ] as const) {
      const { stdout } = await curl(parley, [flag, '--proxy', `${scheme}://127.0.0.1:${parley.port}`, `${url}/way`])
      assert.match(stdout, new RegExp(`^GET /way ${version} `))
    }
    const shown = await parley.closed(2)
    assert.deepEqual(
      shown.map(row => [row.entrance, row.target?.host, row.protocol, row.problems]),
      [
        [entrance, host, 'http/1.1', []],
        [entrance, host, 'h2', []],
      ],
    )
  })

e2e('--auth holds for curl over SOCKS5, and the capture has stars', { needs: ['curl'] }, async t => {
  const { parley, url } = await setUp(t, '--auth', 'anna:s3cr3t')
  const via = (login: string) => curl(parley, ['--proxy', `socks5h://${login}@127.0.0.1:${parley.port}`, `${url}/in`])
  assert.match((await via('anna:s3cr3t')).stdout, /^GET \/in /)
  assert.notEqual((await via('anna:wrong')).code, 0)
  const shown = await parley.closed(2)
  assert.deepEqual(
    shown.map(({ problems }) => problems.map(({ code }) => code)),
    [[], ['proxy/credentials']],
  )
  const { stdout } = await parley.installed.run('show', '--json', '--bytes', parley.capturePath)
  for (const secret of ['s3cr3t', 'wrong'])
    assert.ok(!stdout.includes(secret) && !stdout.includes(Buffer.from(secret).toString('hex')))
})

e2e('curl with the proxy as https://', { needs: ['curl'] }, async t => {
  const { parley, url } = await setUp(t)
  const proxy = ['--proxy', `https://127.0.0.1:${parley.port}`, '--proxy-cacert', parley.caPath]
  const { stdout, stderr } = await curl(parley, [...proxy, `${url}/secure`])
  assert.match(stdout, /^GET \/secure 2\.0 /, stderr)
  const [outer, inner] = await parley.closed(2)
  assert.deepEqual([outer?.entrance, outer?.problems, outer?.legs.client?.agreed?.version], ['tls', [], 'TLSv1.3'])
  assert.deepEqual([inner?.entrance, inner?.within, inner?.protocol, inner?.problems], ['connect', outer?.id, 'h2', []])
})

const seen = /GET \/page/
e2e('Chromium over SOCKS5, and over HTTP/2 in TLS to the proxy', { needs: ['chromium'] }, async t => {
  const { parley, url } = await setUp(t)
  const { stdout: fingerprints } = await parley.installed.run('ca', 'fingerprint')
  const spki = /spki\S*\s+(\S+)/.exec(fingerprints)?.[1]
  for (const scheme of ['socks5', 'https']) {
    const flags = [
      `--proxy-server=${scheme}://127.0.0.1:${parley.port}`,
      `--ignore-certificate-errors-spki-list=${spki}`,
    ]
    const { stdout, stderr } = await runChromium(t, parley, `${url}/page`, flags)
    assert.match(stdout, seen, `${scheme}: ${stderr.slice(-500)}`)
  }
  const rows = await parley.show()
  const ways = rows.filter(row => row.target?.host === host).map(({ entrance }) => entrance)
  assert.ok(ways.includes('socks5') && ways.includes('http2-connect'), ways.join())
})

e2e(
  '--reverse serves clients that know of no proxy, in TLS and in clear, over h1 and h2',
  { needs: ['curl'] },
  async t => {
    const { parley, door } = await setUpReverse(t)
    for (const [url, flag, version] of [
      [`https://127.0.0.1:${door}/a`, '--http2', '2.0'],
      [`https://localhost:${door}/a`, '--http1.1', '1.1'],
      [`http://127.0.0.1:${door}/a`, '--http1.1', '1.1'],
      [`http://127.0.0.1:${door}/a`, '--http2-prior-knowledge', '2.0'],
    ] as const)
      assert.match((await curl(parley, [flag, url])).stdout, new RegExp(`^GET /a ${version} `), url)
    const shown = await parley.closed(4)
    assert.deepEqual(
      shown.map(row => [row.entrance, row.target?.host, row.protocol, row.problems]),
      ['h2', 'http/1.1', 'http/1.1', 'h2'].map(protocol => ['reverse', host, protocol, []]),
    )
  },
)

e2e(
  '--reverse serves nghttp in clear, and says in HTTP/2 why its server cannot be had',
  { needs: ['nghttp'] },
  async t => {
    const { parley, door } = await setUpReverse(t)
    const nghttp = (port: number) => run('nghttp', ['--no-dep', `http://127.0.0.1:${port}/n`], { timeout: 25_000 })
    assert.match((await nghttp(door)).stdout, /^GET \/n 2\.0 /)
    const [row] = await parley.closed(1)
    assert.deepEqual([row?.protocol, row?.legs.upstream?.agreed?.alpn, row?.problems], ['h2', 'h2', []])
    const dead = await startParley(t, '--reverse', `https://127.0.0.1:${await freePort()}`)
    const [, deadDoor] = await dead.running.heard(/listening on 127\.0\.0\.1:(\d+) in the place of https:/)
    assert.match((await nghttp(Number(deadDoor))).stdout, /tcp\/refused/)
  },
)

async function setUpReverse(t: TestContext): Promise<{ parley: Parley; door: number }> {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--reverse', `https://${host}:${port}`)
  const [, door] = await parley.running.heard(/listening on 127\.0\.0\.1:(\d+) in the place of https:/)
  return { parley, door: Number(door) }
}
