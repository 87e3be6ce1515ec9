/** curl through Parley: what arrives is what was sent, and what cannot arrive is explained. */
import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { runCurl } from './support/curl.ts'
import { type Identities, makeIdentities } from './support/identities.ts'
import { freePort } from './support/nginx.ts'
import { listenFor, sha256, startOrigin, steadyBytes } from './support/origin.ts'
import { Installed, type Parley, startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'

interface Setup {
  readonly parley: Parley
  readonly port: number
  readonly url: string
  readonly identities: Identities
}

async function setUp(t: TestContext, ...args: string[]): Promise<Setup> {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, ...args)
  return { parley, port, url: `https://${host}:${port}`, identities }
}

for (const [flag, version, alpn] of [
  ['--http2', '2.0', 'h2'],
  ['--http1.1', '1.1', 'http/1.1'],
] as const)
  e2e(`bodies both ways arrive unchanged over ${alpn}`, { needs }, async t => {
    const { parley, url } = await setUp(t)
    const folder = temporaryFolder(t)
    const [out, up] = [join(folder, 'out'), join(folder, 'up')]
    const size = 24 * 1024 * 1024
    writeFileSync(up, steadyBytes(size))

    const posted = await runCurl(parley, [flag, '-d', 'question=42', `${url}/form`])
    assert.equal(posted.stdout, `POST /form ${version} ${sha256(Buffer.from('question=42'))}\n`)
    const empty = await runCurl(parley, [flag, '-X', 'DELETE', `${url}/thing`])
    assert.equal(empty.stdout, `DELETE /thing ${version} ${sha256(Buffer.alloc(0))}\n`)
    const uploaded = await runCurl(parley, [flag, '-T', up, `${url}/up`])
    assert.equal(uploaded.stdout, `PUT /up ${version} ${sha256(steadyBytes(size))}\n`)
    await runCurl(parley, [flag, '-o', out, `${url}/bytes/${size}`])
    assert.equal(statSync(out).size, size)
    assert.equal(sha256(readFileSync(out)), sha256(steadyBytes(size)))

    const shown = await parley.closed(4)
    assert.deepEqual(
      shown.map(({ protocol }) => protocol),
      Array(4).fill(alpn),
    )
    assert.deepEqual(
      shown.flatMap(({ problems }) => problems),
      [],
    )
  })

e2e('requests of one curl share one connection on each leg', { needs }, async t => {
  const { parley, url } = await setUp(t)
  const { stdout } = await runCurl(parley, ['--http1.1', `${url}/one`, `${url}/two`, `${url}/three`])
  assert.deepEqual(
    stdout.split('\n').map(line => line.split(' ')[1]),
    ['/one', '/two', '/three', undefined],
  )
  assert.equal((await parley.closed(1)).length, 1)
})

e2e('plain HTTP goes through in both forms', { needs }, async t => {
  const parley = await startParley(t)
  const port = await startOrigin(t)
  const url = `http://127.0.0.1:${port}/plain`
  const text = `GET /plain 1.1 ${sha256(Buffer.alloc(0))}\n`
  assert.equal((await runCurl(parley, [url])).stdout, text)
  assert.equal((await runCurl(parley, ['--proxytunnel', url])).stdout, text)
  const shown = await parley.closed(2)
  assert.deepEqual(
    shown.map(({ entrance, protocol }) => [entrance, protocol]),
    [
      ['absolute-form', 'http/1.1'],
      ['connect', 'http/1.1'],
    ],
  )
})

e2e('a protocol that nobody knows passes through a tunnel', { needs: ['ncat'] }, async t => {
  const parley = await startParley(t)
  const port = await listenFor(
    t,
    createServer({ allowHalfOpen: true }, socket => void socket.pipe(socket)),
  )
  const args = ['--proxy', `127.0.0.1:${parley.port}`, '--proxy-type', 'http', '127.0.0.1', String(port)]
  const input = '\x01neither TLS nor HTTP\x00\xff\n'
  const { stdout } = await run('ncat', args, { input, timeout: 15_000 })
  assert.equal(stdout, input)
  const [shown] = await parley.closed(1)
  assert.equal(shown?.protocol, 'opaque')
  assert.deepEqual(shown?.problems, [])
})

e2e('a root that is not trusted is explained to the client, and tolerated when asked', { needs }, async t => {
  const { url, port } = await setUp(t)
  const strict = await startParley(t)
  const refused = await runCurl(strict, ['-w', '%{http_code}', `${url}/`])
  assert.match(refused.stdout, /not trusted|private|issuer/)
  assert.match(refused.stdout, /--upstream-ca/)
  assert.match(refused.stdout, /502$/)
  const lax = await startParley(t, '--insecure')
  assert.match((await runCurl(lax, [`${url}/`])).stdout, /^GET \/ /)
  const [row] = await lax.closed(1)
  assert.equal(row?.target?.port, port)
  assert.equal(row?.tolerated?.blame, 'parley') // which was not given the root
  assert.deepEqual(row.problems, [])
})

e2e('a client that does not know our root is named as the side that refused', { needs }, async t => {
  const { parley, url } = await setUp(t)
  const { code } = await runCurl(parley, [`${url}/`], { trust: false })
  assert.equal(code, 60)
  const [row] = await parley.closed(1)
  assert.deepEqual(
    row?.problems.map(problem => [problem.code, problem.blame]),
    [['tls/client-rejected-leaf', 'client']],
  )
})

e2e('what stands in the way of a connection is the text of the 502', { needs }, async t => {
  const { parley } = await setUp(t)
  const closed = await freePort()
  const get = async (url: string): Promise<string> => (await runCurl(parley, ['-w', ' %{http_code}', url])).stdout
  assert.match(await get(`https://127.0.0.1:${closed}/`), /refused[\s\S]* 502$/)
  assert.match(await get(`http://127.0.0.1:${closed}/`), /refused[\s\S]* 502$/)
  assert.match(await get('https://nobody.invalid/'), /nobody\.invalid[\s\S]* 502$/)
  const plain = await startOrigin(t)
  assert.match(await get(`https://127.0.0.1:${plain}/`), /plain HTTP|no TLS[\s\S]* 502$/)
})

e2e('a request to Parley itself ends instead of going round', { needs }, async t => {
  const parley = await startParley(t)
  const plain = await runCurl(parley, ['-w', ' %{http_code}', `http://127.0.0.1:${parley.port}/x`])
  assert.match(plain.stdout, /loop forever[\s\S]* 508$/)
  const tunnel = await runCurl(parley, ['-w', ' %{http_connect}', `https://127.0.0.1:${parley.port}/`])
  assert.match(tunnel.stdout, / 508$/)
})

e2e('a port that is taken is said with what to do', {}, async t => {
  const port = await listenFor(t, createServer())
  const installed = new Installed(t)
  const { code, stderr } = await installed.run('--no-tui', '--listen', `127.0.0.1:${port}`)
  assert.equal(code, 1)
  assert.match(stderr, new RegExp(`^parley: 127\\.0\\.0\\.1:${port} is in use by another program; .*--listen`))
})
