import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OriginName } from '../../../src/peers/origin.ts'
import { type Origins, startOrigins } from '../../../src/peers/origins.ts'
import { ownFolder } from '../recorded-session.ts'
import { runCli } from '../run-cli.ts'

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

test('a server that is down is told as refused, and the exit code is 1', async () => {
  const { code, stdout } = await runCli(
    folder,
    'trace',
    'https://down.example:1/',
    '--resolve',
    'down.example:127.0.0.1',
  )
  assert.equal(code, 1)
  assert.match(stdout, /tcp\/refused \(server\): down\.example:1/)
})

test('--min-tls reaches the hello of both legs', async () => {
  const { code, stdout } = await trace('tls13', '/json', '--min-tls', '1.0')
  assert.equal(code, 0)
  assert.match(stdout, /versions 1\.3 1\.2 1\.1 1\.0 [\s\S]*versions 1\.3 1\.2 1\.1 1\.0 /)
})

test('what is no URL or no header is refused with exit code 2, before anything is sent', async () => {
  const [url, header, data] = await Promise.all([
    runCli(folder, 'trace', 'ftp://a.example/'),
    trace('tls13', '/', '-H', 'nonsense'),
    trace('tls13', '/', '-d', '@/no/such/file'),
  ])
  assert.deepEqual([url.code, header.code, data.code], [2, 2, 2])
  assert.match(url.stderr, /ftp:\/\/a\.example\/ is no http or https URL/)
  assert.match(header.stderr, /nonsense/)
  assert.match(data.stderr, /\/no\/such\/file cannot be read \(ENOENT\)/)
})
