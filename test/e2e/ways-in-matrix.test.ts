/** Every way in that a client has to be led to, with curl, Node and Chromium, each over HTTP/1.1 and HTTP/2. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runChromium } from './support/browser.ts'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { run } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import type { Visit } from './support/way-client.ts'

const host = 'origin.localhost'
/** A spare connection of Chromium, which it leaves when it ends, before its program was found. */
const left = 'tls/client-closed-after-certificate'
const wayClient = fileURLToPath(new URL('./support/way-client.ts', import.meta.url))

/** How a client gets to Parley, and what it then asks for. */
interface Way {
  readonly parley: Parley
  readonly via?: Visit['via']
  readonly host: string
  readonly port: number
}

interface Origin {
  readonly ca: readonly string[]
  readonly port: number
}

const ways: Readonly<Record<string, (t: TestContext, origin: Origin) => Promise<Way>>> = {
  async socks5(t, { ca, port }) {
    const parley = await startParley(t, ...ca)
    return { parley, via: { kind: 'socks5', port: parley.port }, host, port }
  },
  async reverse(t, { ca, port }) {
    const parley = await startParley(t, ...ca, '--reverse', `https://${host}:${port}`)
    const [, door] = await parley.running.heard(/listening on 127\.0\.0\.1:(\d+) in the place of https:/)
    return { parley, host: 'localhost', port: Number(door) }
  },
  async connect(t, { ca, port }) {
    const second = await startParley(t, ...ca)
    const chain = ['--upstream-ca', second.caPath, '--upstream-proxy', `http://127.0.0.1:${second.port}`]
    const parley = await startParley(t, ...chain)
    return { parley, via: { kind: 'connect', port: parley.port }, host, port }
  },
}

type Alpn = Visit['alpn']

const schemes = { socks5: 'socks5', connect: 'http' } as const

/** Each asks for the path, and says what it got. */
const clients: Readonly<Record<string, (t: TestContext, way: Way, path: string, alpn: Alpn) => Promise<string>>> = {
  async curl(_t, { parley, via, host, port }, path, alpn) {
    const proxy = via ? ['--proxy', `${via.kind === 'socks5' ? 'socks5h' : 'http'}://127.0.0.1:${via.port}`] : []
    const version = alpn === 'h2' ? '--http2' : '--http1.1'
    const args = [
      '-sS',
      '--noproxy',
      '',
      '--cacert',
      parley.caPath,
      version,
      ...proxy,
      `https://${host}:${port}${path}`,
    ]
    const { stdout, stderr } = await run('curl', args)
    return stdout + stderr
  },
  async node(_t, { parley, ...way }, path, alpn) {
    const visit: Visit = { ...way, address: '127.0.0.1', path, alpn, ca: parley.caPath }
    const { stdout, stderr } = await run(process.execPath, [wayClient, JSON.stringify(visit)])
    return stdout + stderr
  },
  async chromium(t, { parley, via, host, port }, path, alpn) {
    const { stdout: fingerprints } = await parley.installed.run('ca', 'fingerprint')
    const trust = `--ignore-certificate-errors-spki-list=${/spki\S*\s+(\S+)/.exec(fingerprints)?.[1]}`
    const proxy = via ? `--proxy-server=${schemes[via.kind]}://127.0.0.1:${via.port}` : '--no-proxy-server'
    const flags = [trust, proxy, ...(alpn === 'h2' ? [] : ['--disable-http2'])]
    const { stdout, stderr } = await runChromium(t, parley, `https://${host}:${port}${path}`, flags)
    return stdout + stderr.slice(-500)
  },
}

for (const [name, wayOf] of Object.entries(ways))
  e2e(`${name}: curl, Node and Chromium over h1 and h2`, { needs: ['curl', 'chromium'] }, async t => {
    const identities = await makeIdentities(t)
    const origin = await startOrigin(t, identities.leaf('origin', { host }))
    const way = await wayOf(t, { ca: ['--upstream-ca', identities.caPath], port: origin })
    const asked: (readonly [path: string, alpn: Alpn])[] = []
    for (const [client, ask] of Object.entries(clients))
      for (const alpn of ['http/1.1', 'h2'] as const) {
        const path = `/${client}/${alpn}`
        asked.push([path, alpn])
        const version = alpn === 'h2' ? '2\\.0' : '1\\.1'
        assert.match(await ask(t, way, path, alpn), new RegExp(`GET ${path} ${version} `))
      }
    const rows = (await way.parley.show()).filter(({ target }) => target?.host === host)
    assert.deepEqual(
      rows.flatMap(({ exchanges, problems }) => problems.filter(({ code }) => exchanges.length > 0 || code !== left)),
      [],
    )
    for (const [path, alpn] of asked) {
      const row = rows.find(({ exchanges }) => exchanges.some(({ request }) => request.url.endsWith(path)))
      assert.deepEqual([row?.entrance, row?.protocol, row?.legs.upstream?.agreed?.alpn], [name, alpn, alpn], path)
    }
  })
