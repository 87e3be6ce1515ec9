/** Rules on bodies, pace, TLS, and scripts, with curl: in clear, inside TLS and over HTTP/2. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'
const ways = ['in clear', 'inside TLS', 'over HTTP/2'] as const
const huge = '{"id":12345678901234567890, "name" : "x", "debug":{"a":1}}'

/** `/gzip`: JSON in gzip; `/big`: 100,000 bytes; else what it got. */
async function serve(request: IncomingMessage | Http2ServerRequest, answered: ServerResponse | Http2ServerResponse) {
  const answer = answered as ServerResponse // both take these calls
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const path = request.url ?? ''
  const body = path.startsWith('/gzip')
    ? gzipSync(huge)
    : path.startsWith('/big')
      ? Buffer.alloc(100_000, 'b')
      : Buffer.concat(parts)
  answer.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-got': String(request.headers['x-script'] ?? ''),
    'x-length': String(request.headers['content-length'] ?? ''),
    ...(path.startsWith('/gzip') && { 'content-encoding': 'gzip' }),
  })
  answer.end(body)
}

async function setUp(t: TestContext, way: (typeof ways)[number], ...args: string[]) {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const files = { cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }
  const secure = way !== 'in clear'
  const port = await listenFor(t, secure ? createSecureServer(files, serve) : createServer(serve))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, ...args)
  const url = `${secure ? 'https' : 'http'}://${host}:${port}`
  const version = way === 'over HTTP/2' ? '--http2' : '--http1.1'
  const ask = async (path: string, ...more: string[]) => {
    const began = performance.now()
    const { stdout, stderr, code } = await runCurl(parley, [
      ...['-i', '--suppress-connect-headers', version, '--max-time', '20', ...more, url + path],
    ])
    const at = stdout.indexOf('\r\n\r\n')
    return { head: stdout.slice(0, at), body: stdout.slice(at + 4), stderr, code, took: performance.now() - began }
  }
  return { parley, ask }
}

const rules = (...texts: readonly string[]): string[] => texts.flatMap(text => ['--rule', text])

const problemsOf = async (parley: Parley): Promise<string> => {
  await parley.stop()
  return JSON.stringify(await parley.show())
}

for (const way of ways) {
  e2e(`bodies are changed ${way}, and only what was asked for`, { needs }, async t => {
    const file = join(temporaryFolder(t), 'file.txt')
    writeFileSync(file, 'from a file')
    const { ask, parley } = await setUp(
      t,
      way,
      ...rules(
        '~u /gzip => set-json response $.name new',
        '~u /gzip => remove-json response $..debug',
        '~u /identity => replace-body response --identity x y',
        "~u /text => replace-body request '/(\\w+)=(\\w+)/' '$2=$1'",
        `~u /file => body-file response ${file}`,
        '~u /broken => set-json response $.a 1',
      ),
    )
    const { body, head } = await ask('/gzip', '--compressed')
    assert.equal(body, '{"id":12345678901234567890, "name" : "new"}')
    assert.match(head, /content-encoding: gzip/i)
    const swapped = await ask('/text', '-d', 'left=right&aa=b')
    assert.equal(swapped.body, 'right=left&b=aa')
    assert.match(swapped.head, /x-length: 15\b/i)
    assert.equal((await ask('/file', '-d', 'anything')).body, 'from a file')
    assert.equal((await ask('/broken', '-d', '{"a":')).body, '{"a":')
    assert.equal((await ask('/other', '-d', 'left=right')).body, 'left=right')
    assert.match(await problemsOf(parley), /no JSON at character 6/)
  })

  e2e(`exchanges are blocked, cut and slowed down ${way}`, { needs }, async t => {
    const { ask } = await setUp(
      t,
      way,
      ...rules(
        '~u /blocked => block 451',
        '~u /reset => block reset',
        '~u /big-cut => cut-body response 40%',
        '~u /late => delay response 700',
        '~u /later => delay first-byte 700',
        '~u /big-slow => throttle 1m',
      ),
    )
    assert.match((await ask('/blocked')).head, /^HTTP\/\S+ 451/)
    assert.notEqual((await ask('/reset')).code, 0)
    const cut = await ask('/big-cut')
    assert.notEqual(cut.code, 0)
    // after RST_STREAM curl keeps back what it has not printed yet
    assert.ok(way === 'over HTTP/2' ? cut.body.length <= 40_000 : cut.body.length === 40_000, String(cut.body.length))
    assert.ok((await ask('/late', '-d', 'x')).took >= 700)
    assert.ok((await ask('/later', '-d', 'x')).took >= 700)
    const slow = await ask('/big-slow')
    assert.equal(slow.body.length, 100_000)
    assert.ok(slow.took >= 750, String(slow.took)) // 800 kbit
    assert.equal((await ask('/big')).body.length, 100_000)
  })

  e2e(`scripts change and answer ${way}; one that fails is told, and the message goes on`, { needs }, async t => {
    const failing = join(temporaryFolder(t), 'failing.ts')
    writeFileSync(
      failing,
      'export function request({ url }: { url: string }) {\n  if (url.endsWith("loop")) for (;;);\n  throw new Error("on purpose")\n}',
    )
    const { ask, parley } = await setUp(
      t,
      way,
      ...rules(
        '~u /add => script examples/add-header.ts',
        '~u /notes => script examples/mock-api.ts',
        `~u /fail => script ${failing}`,
      ),
      ...['--script-timeout', '2'],
    )
    const added = await ask('/add', '-d', 'x')
    assert.match(added.head, /x-got: add-header\.ts/i)
    assert.match(added.head, /x-seen-by: add-header\.ts/i)
    assert.match((await ask('/notes/a', '-X', 'PUT', '-d', 'milk')).head, /^HTTP\/\S+ 201/)
    assert.deepEqual(JSON.parse((await ask('/notes/a')).body), { id: 'a', note: 'milk' })
    assert.equal((await ask('/fail', '-d', 'goes on')).body, 'goes on')
    assert.equal((await ask('/fail/loop', '-d', 'goes on too')).body, 'goes on too')
    const told = await problemsOf(parley)
    assert.match(told, /failing\.ts:3: Error: on purpose/)
    assert.match(told, /took longer than 2 s/)
  })
}

e2e('rules choose the TLS of a host, its address, and refuse connections', { needs }, async t => {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const port = await listenFor(
    t,
    createSecureServer({ cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }, serve),
  )
  const parley = await startParley(
    t,
    ...['--upstream-ca', identities.caPath],
    ...rules(
      '~d old.example => tls max=1.2 verify=off',
      '~d example => dns 127.0.0.1',
      '~d refused.example => block alert unrecognized_name',
    ),
  )
  const ask = (name: string) => runCurl(parley, ['-v', '-d', 'hello', '--max-time', '20', `https://${name}:${port}/x`])
  const old = await ask('old.example')
  assert.match(old.stderr, /SSL connection using TLSv1\.2/)
  assert.equal(old.stdout, 'hello')
  const refused = await ask('refused.example')
  assert.equal(refused.code, 35)
  assert.match(refused.stderr, /unrecognized name/i)
  assert.match((await ask('wrong.example')).stdout, /502|certificate/i)
})

e2e('a gzip body of a request is opened and closed again', { needs }, async t => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'body.gz'), gzipSync('{"user":"me"}'))
  const { ask } = await setUp(t, 'inside TLS', ...rules('~all => set-json request $.user you'))
  await ask(
    '/echo',
    '-H',
    'content-type: application/json',
    '-H',
    'content-encoding: gzip',
    '--data-binary',
    `@${folder}/body.gz`,
    '-o',
    join(folder, 'echo'),
  )
  const echoed = readFileSync(join(folder, 'echo'))
  const at = echoed.indexOf('\r\n\r\n')
  assert.equal(gunzipSync(echoed.subarray(at + 4)).toString(), '{"user":"you"}')
})
