/** What others captured, shown as what Parley records: beside tshark on the same file. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openCapture } from '../../src/store/capture.ts'
import { dissect } from '../../src/wire/tls/dissect.ts'
import { parleyTold, type Told } from './support/facts.ts'
import { makeIdentities } from './support/identities.ts'
import { startOrigin, steadyBytes } from './support/origin.ts'
import { Installed, startParley } from './support/parley.ts'
import { type Owner, run, start, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { toldByTshark } from './support/tshark.ts'

interface Sniffed {
  readonly folder: string
  readonly file: string
  readonly keys: string
  /** Runs curl, which writes its secrets to the key log. */
  curl(...args: string[]): Promise<string>
  stop(): Promise<void>
}

/** Captures what passes on the loopback interface from or to these ports. */
async function sniff(owner: Owner, ...ports: number[]): Promise<Sniffed> {
  const folder = temporaryFolder(owner)
  const [file, keys] = [join(folder, 'a.pcapng'), join(folder, 'keys')]
  const filter = ports.map(port => `tcp port ${port}`).join(' or ')
  const dumpcap = start(owner, 'dumpcap', ['-i', 'lo', '-B', '64', '-f', filter, '-w', file])
  await dumpcap.heard(/File: /)
  await new Promise(resolve => setTimeout(resolve, 300)) // it says so before it looks
  return {
    ...{ folder, file, keys },
    async curl(...args) {
      const { stdout, stderr, code } = await run('curl', ['-sS', ...args], {
        env: { SSLKEYLOGFILE: keys },
        timeout: 20_000,
      })
      assert.equal(code, 0, stderr)
      return stdout
    },
    async stop() {
      await new Promise(resolve => setTimeout(resolve, 500))
      dumpcap.child.kill('SIGINT')
      await dumpcap.ended
    },
  }
}

/** The exchanges of a file as Parley shows them, a line each. */
async function shown(installed: Installed, file: string, keys: string, output: string): Promise<readonly string[]> {
  const { code, stderr } = await installed.run('open', file, '--keylog', keys, '-o', output)
  assert.equal(code, 0, stderr)
  const capture = openCapture(output)
  try {
    return capture.flows({ limit: 1000 }).flatMap(({ kind, id }) => {
      const exchange = kind === 'exchange' ? capture.exchange(id) : undefined
      if (!exchange) return []
      const { request, response } = exchange
      const body = Buffer.from(capture.body(id, 'response', 0, 1e7))
      const steady = /^\/bytes\/(\d+)$/.exec(request.head.path)?.[1]
      const text =
        steady === undefined ? body.toString().trim() : body.equals(steadyBytes(Number(steady))) ? 'steady' : 'wrong'
      return [`${request.head.method} ${request.head.path} ${response?.head.status} ${text}`]
    })
  } finally {
    capture.close()
  }
}

const needs = ['dumpcap', 'tshark', 'editcap', 'curl']
const ways = (['--http1.1', '--http2'] as const).flatMap(http =>
  (['1.2', '1.3'] as const).map(tls => [http, tls] as const),
)

e2e(
  'what curl says over TLS is told as tshark tells it, message by message, and its HTTP whole',
  { needs },
  async t => {
    const identities = await makeIdentities(t)
    const host = 'origin.localhost'
    const port = await startOrigin(t, identities.leaf('origin', { host }))
    const sniffed = await sniff(t, port)
    const base = `https://${host}:${port}`
    const posted = join(sniffed.folder, 'posted')
    writeFileSync(posted, steadyBytes(50_000))
    const said: string[] = []
    for (const [http, tls] of ways) {
      const answered = await sniffed.curl(
        '--noproxy',
        '*',
        '--cacert',
        identities.caPath,
        http,
        '--tls-max',
        tls,
        '--data-binary',
        `@${posted}`,
        `${base}/posted`,
      )
      said.push(`POST /posted 200 ${answered.trim()}`)
      await sniffed.curl(
        '--noproxy',
        '*',
        '--cacert',
        identities.caPath,
        http,
        '--tls-max',
        tls,
        `${base}/bytes/300000`,
        '-o',
        '/dev/null',
      )
      said.push('GET /bytes/300000 200 steady')
    }
    const refused = await run('curl', ['-sS', '--noproxy', '*', `${base}/refused`], {
      env: { SSLKEYLOGFILE: sniffed.keys },
      timeout: 20_000,
    })
    assert.equal(refused.code, 60)
    await sniffed.stop()

    const installed = new Installed(t)
    const output = join(sniffed.folder, 'out.parley')
    assert.deepEqual(await shown(installed, sniffed.file, sniffed.keys, output), said)
    const theirs = await toldByTshark(sniffed.file, sniffed.keys, port)
    const capture = openCapture(output)
    t.after(() => capture.close())
    const connections = capture.connections({ after: 0, limit: 100 })
    assert.equal(connections.length, theirs.size)
    const bySide = ({ records, messages }: Told) =>
      (['to-server', 'to-client'] as const).map(side => ({
        records: records.filter(({ direction }) => direction === side),
        messages: messages.filter(({ direction }) => direction === side),
      }))
    for (const { id, client, problems, serverName } of connections) {
      const ours = parleyTold(dissect(capture.legCapture(id, 'client')!))
      assert.deepEqual(bySide(ours), bySide(theirs.get(client.remote!.port)!), `c${id}`)
      assert.equal(serverName, host)
      assert.deepEqual(
        problems.map(({ code }) => code),
        id === connections.length ? ['tls/client-rejected-certificate'] : [],
      )
    }
  },
)

e2e('every format of the same packets tells the same, with the keys beside or inside', { needs }, async t => {
  const identities = await makeIdentities(t)
  const host = 'origin.localhost'
  const [port, clear] = [await startOrigin(t, identities.leaf('origin', { host })), await startOrigin(t)]
  const sniffed = await sniff(t, port, clear)
  await sniffed.curl(
    '--noproxy',
    '*',
    '--cacert',
    identities.caPath,
    `https://${host}:${port}/one`,
    `https://${host}:${port}/bytes/200000`,
    '-o',
    '/dev/null',
    '-o',
    '/dev/null',
  )
  await sniffed.curl(
    '--noproxy',
    '*',
    `http://127.0.0.1:${clear}/two`,
    `http://127.0.0.1:${clear}/bytes/200000`,
    '-o',
    '/dev/null',
    '-o',
    '/dev/null',
  )
  await sniffed.stop()
  const { file, keys, folder } = sniffed
  const installed = new Installed(t)
  const expected = await shown(installed, file, keys, join(folder, 'first.parley'))
  assert.equal(expected.length, 4)
  assert.ok(expected.every(line => !line.includes('wrong')))
  const none = join(folder, 'none')
  writeFileSync(none, '')
  const variants: readonly (readonly [string, readonly string[], string])[] = [
    ['a.pcap', ['-F', 'pcap'], keys],
    ['a.nsec', ['-F', 'nsecpcap'], keys],
    ['a.dsb', ['--inject-secrets', `tls,${keys}`], none],
  ]
  for (const [name, args, log] of variants) {
    const made = join(folder, name)
    const { code, stderr } = await run('editcap', [...args, file, made], { timeout: 20_000 })
    assert.equal(code, 0, stderr)
    assert.deepEqual(await shown(installed, made, log, `${made}.parley`), expected, name)
  }
  const compressed = join(folder, 'a.pcapng.gz')
  writeFileSync(compressed, gzipSync(readFileSync(file)))
  assert.deepEqual(await shown(installed, compressed, keys, `${compressed}.parley`), expected)
  const cut = join(folder, 'cut.pcapng')
  writeFileSync(cut, readFileSync(file).subarray(0, -100_001))
  const { code, stderr } = await installed.run('open', cut, '--keylog', keys)
  assert.deepEqual([code, /can be read up to byte \d+: the file is cut/.test(stderr)], [0, true], stderr)
})

e2e('packets that are missing leave the rest of the content', { needs }, async t => {
  const identities = await makeIdentities(t)
  const host = 'origin.localhost'
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const sniffed = await sniff(t, port)
  const fetch = [
    '--noproxy',
    '*',
    '--cacert',
    identities.caPath,
    '--http1.1',
    `https://${host}:${port}/bytes/2000000`,
    `https://${host}:${port}/after`,
  ]
  await sniffed.curl(...fetch, '-o', '/dev/null', '-o', '/dev/null')
  await sniffed.stop()
  const { file, keys, folder } = sniffed
  const lossy = join(folder, 'lossy.pcapng')
  await run('editcap', [file, lossy, '25-28', '30'], { timeout: 20_000 })
  const output = join(folder, 'out.parley')
  await new Installed(t).run('open', lossy, '--keylog', keys, '-o', output)
  const capture = openCapture(output)
  t.after(() => capture.close())
  const [first, second] = [capture.exchange(1), capture.exchange(2)]
  assert.equal(first?.response?.bodyBytes, 2_000_000)
  assert.ok((first?.response?.bodyDropped ?? 0) > 0 || (first?.problems.length ?? 0) > 0)
  assert.deepEqual([second?.request.head.path, second?.response?.head.status], ['/after', 200])
})

e2e('behind a request that is missing each answer finds its own request', { needs }, async t => {
  const identities = await makeIdentities(t)
  const host = 'origin.localhost'
  const [port, clear] = [await startOrigin(t, identities.leaf('origin', { host })), await startOrigin(t)]
  const sniffed = await sniff(t, port, clear)
  const paths = ['first', 'lost', 'bytes/3000', 'last']
  for (const base of [`https://${host}:${port}`, `http://127.0.0.1:${clear}`]) {
    const urls = paths.flatMap(path => [`${base}/${path}`, '-o', '/dev/null'])
    await sniffed.curl('--noproxy', '*', '--cacert', identities.caPath, '--http1.1', ...urls)
  }
  await sniffed.stop()
  const { file, keys, folder } = sniffed
  const filter = ['-o', `tls.keylog_file:${keys}`, '-d', `tcp.port==${port},tls`, '-Y', 'http.request.uri == "/lost"']
  const { stdout } = await run('tshark', ['-r', file, ...filter, '-T', 'fields', '-e', 'frame.number'], {
    timeout: 20_000,
  })
  const lost = stdout.trim().split('\n')
  assert.equal(lost.length, 2)
  const lossy = join(folder, 'lossy.pcapng')
  await run('editcap', [file, lossy, ...lost], { timeout: 20_000 })
  const lines = await shown(new Installed(t), lossy, keys, join(folder, 'out.parley'))
  const expected = ['GET /first 200 GET /first', 'GET /bytes/3000 200 steady', 'GET /last 200 GET /last']
  assert.deepEqual(
    lines.map(line => line.split(' ').slice(0, 5).join(' ')),
    [...expected, ...expected],
  )
})

e2e('tunnels through a proxy are unwrapped: CONNECT, SOCKS, and TLS with the proxy itself', { needs }, async t => {
  const identities = await makeIdentities(t)
  const host = 'origin.localhost'
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--pass-through', host)
  const sniffed = await sniff(t, parley.port)
  const ways = ['http', 'socks4a', 'socks5', 'socks5h', 'https'] as const
  for (const way of ways)
    await sniffed.curl(
      '--noproxy',
      '',
      '--cacert',
      identities.caPath,
      '--proxy-insecure',
      '--proxy',
      `${way}://127.0.0.1:${parley.port}`,
      `https://${host}:${port}/${way}`,
    )
  await sniffed.stop()
  const output = join(sniffed.folder, 'out.parley')
  const lines = await shown(new Installed(t), sniffed.file, sniffed.keys, output)
  assert.deepEqual(
    lines.map(line => line.split(' ').slice(0, 3).join(' ')),
    ways.map(way => `GET /${way} 200`),
  )
  const capture = openCapture(output)
  t.after(() => capture.close())
  const connections = capture.connections({ after: 0, limit: 100 })
  assert.deepEqual(
    connections.map(({ entrance }) => entrance),
    ['connect', 'socks4a', 'socks5', 'socks5', 'tls', 'connect'],
  )
  assert.deepEqual([connections.at(-1)?.within, connections.at(-1)?.target], [5, { host, port }])
  assert.ok(connections.every(({ sniffed, client }) => sniffed && client.remote?.address === '127.0.0.1'))
})
