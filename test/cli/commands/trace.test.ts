import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { listen, type OriginName } from '../../../src/peers/origin.ts'
import { type Origins, startOrigins } from '../../../src/peers/origins.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli, startCli } from '../run-cli.ts'

const folder = ownFolder()
const root = join(folder, 'root.pem')
let origins: Origins

before(async () => {
  origins = await startOrigins()
  writeFileSync(root, origins.caPem)
})
after(() => origins.close())

function trace(name: OriginName, path: string, ...flags: readonly string[]) {
  const { url, host } = origins.named(name)
  const reach = ['--upstream-ca', root, '--resolve', `${host}:127.0.0.1`]
  return runCli(folder, 'trace', `${url}${path}`, ...reach, ...flags)
}

test('a request through both legs is told as text, and the exit code is 0', async () => {
  const { code, stdout, stderr } = await trace('tls13', '/json')
  assert.deepEqual([code, stderr], [0, ''])
  for (const words of ['ClientHello', 'ServerHello', 'GET', '/json', '200']) assert.ok(stdout.includes(words), words)
})

test('method, headers and body are sent, and --json is one line', async () => {
  const flags = ['-X', 'PUT', '-H', 'X-Word: hello', '-d', 'the body', '--http1', '--json']
  const { code, stdout } = await trace('tls13', '/echo', ...flags)
  assert.equal(code, 0)
  assert.equal(stdout.trimEnd().split('\n').length, 1)
  assert.ok(JSON.stringify(JSON.parse(stdout)).includes('http/1.1'))
})

test('a server that fails is told with its problem, and the exit code is 1', async () => {
  const { code, stdout } = await trace('expired', '/')
  assert.equal(code, 1)
  assert.match(stdout, /expired/)
})

test('-k goes on with that server and still tells what is wrong', async () => {
  const { code, stdout } = await trace('expired', '/json', '-k')
  assert.equal(code, 0)
  assert.match(stdout, /expired/)
  assert.match(stdout, /< HTTP\/\S+ 200/)
})

test('a host that is passed through is verified by its own certificate', async () => {
  const through = ['--pass-through', '*.localhost']
  const { code, stdout, stderr } = await trace('tls13', '/json', ...through)
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /not opened|passed through/i)
  const refused = await trace('expired', '/json', ...through)
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /CERT_HAS_EXPIRED/)
  assert.equal((await trace('expired', '/json', ...through, '-k')).code, 0)
})

test('a server that is down is told as refused, and the exit code is 1', async () => {
  const { code, stdout } = await runCli(
    folder,
    'trace',
    'https://down.example:1/',
    '--resolve',
    'down.example:127.0.0.1',
  )
  assert.equal(code, 1)
  assert.match(stdout, /tcp\/refused \(server\): .*: down\.example:1/)
})

test('--min-tls reaches the hello of both legs', async () => {
  const { code, stdout } = await trace('tls13', '/json', '--min-tls', '1.0')
  assert.equal(code, 0)
  assert.match(stdout, /versions 1\.3 1\.2 1\.1 1\.0 [\s\S]*versions 1\.3 1\.2 1\.1 1\.0 /)
})

/** The URL of a server that answers every request with these bytes, and closes. */
async function answering(t: TestContext, bytes: string): Promise<string> {
  const server = await listen(
    createTlsServer(origins.authority.issue({ host: 'localhost' }), socket => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(bytes))
    }),
  )
  t.after(server.close)
  return `https://localhost:${server.port}/`
}

const reach = () => ['--upstream-ca', root, '--resolve', 'localhost:127.0.0.1']

test('a response that is whole is one, however badly it is written', async t => {
  const big = `HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(60_000)}\r\nContent-Length: 2\r\n\r\nok`
  const twice = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok'
  for (const bytes of [big, twice]) {
    const { code, stderr } = await runCli(folder, 'trace', await answering(t, bytes), ...reach())
    assert.deepEqual([code, stderr], [0, ''])
  }
})

test('a response that was cut is none: the exit code is 1, and a note says so', async t => {
  const url = await answering(t, 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this')
  const { code, stdout, stderr } = await runCli(folder, 'trace', url, '--json', ...reach())
  assert.equal(code, 1)
  assert.match(stderr, /^parley: only a part of the response came: .*91 bytes/)
  const { reason, exchanges } = JSON.parse(stdout)
  assert.equal(stderr, `parley: ${reason}\n`)
  assert.equal(exchanges[0].response.body.text, 'only this')
})

test("a limit that runs out is trace's own, not a browser's", async t => {
  const silent = await listen(createServer(socket => socket.on('error', () => {})))
  t.after(silent.close)
  const url = `https://127.0.0.1:${silent.port}/`
  const { code, stdout, stderr } = await runCli(folder, 'trace', url, '-m', '0.5')
  assert.equal(code, 1)
  assert.match(stderr, /no response: trace's own limit of 0\.5 s \(-m\) ran out/)
  assert.doesNotMatch(stdout, /Browsers/)
})

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`${signal} ends a request that hangs, prints what there is and leaves a closed capture`, async t => {
    const asked = Promise.withResolvers<void>()
    const server = await listen(
      createServer(socket => socket.on('error', () => {}).once('data', () => asked.resolve())),
    )
    t.after(server.close)
    const capture = join(folder, `${signal}.parley`)
    const { child, ended } = startCli(folder, 'trace', `http://127.0.0.1:${server.port}/`, '--capture', capture)
    await asked.promise
    child.kill(signal)
    const { code, stdout, stderr } = await ended
    assert.equal(code, exitCode)
    assert.match(stdout, /> GET http:\/\/127/)
    assert.match(stderr, new RegExp(`no response: trace was ended by ${signal}`))
    assert.deepEqual([existsSync(capture), existsSync(`${capture}-wal`)], [true, false])
  })

test('a second URL is refused with exit code 2', async () => {
  const { code, stderr } = await runCli(folder, 'trace', 'https://a.example/', 'https://b.example/')
  assert.equal(code, 2)
  assert.match(stderr, /https:\/\/b\.example\/ is one too many/)
})

test('what is no URL or no header is refused with exit code 2, before anything is sent', async () => {
  const [url, header, data] = await Promise.all([
    runCli(folder, 'trace', 'ftp://a.example/'),
    trace('tls13', '/', '-H', 'nonsense'),
    trace('tls13', '/', '-d', '@/no/such/file'),
  ])
  assert.deepEqual([url.code, header.code, data.code], [2, 2, 2])
  assert.match(url.stderr, /ftp:\/\/a\.example\/ is not an http or https URL/)
  assert.match(header.stderr, /nonsense/)
  assert.match(data.stderr, /\/no\/such\/file cannot be read \(ENOENT\)/)
})
