/** Rules on what curl asks, in clear, inside TLS and over HTTP/2: what the server got, and what curl got. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'

interface Got {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Says back what it got. */
async function serve(request: IncomingMessage, answer: ServerResponse) {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { method, url, headers } = request
  const said = JSON.stringify({ method, url, headers, body: Buffer.concat(parts).toString() })
  answer.writeHead(url === '/missing' ? 404 : 200, {
    'content-type': 'application/json',
    'alt-svc': 'h3=":443"',
    etag: '"1"',
    'content-length': Buffer.byteLength(said),
  })
  answer.end(said)
}

interface Place {
  readonly parley: Parley
  readonly url: string
  /** Status, headers and body. */
  readonly ask: (path: string, ...args: string[]) => Promise<{ head: string; status: string; body: string }>
  readonly got: (path: string, ...args: string[]) => Promise<Got>
}

const ways = ['in clear', 'inside TLS', 'over HTTP/2'] as const

async function setUp(t: TestContext, way: (typeof ways)[number], ...args: string[]): Promise<Place> {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const files = { cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }
  const secure = way !== 'in clear'
  const port = await listenFor(t, secure ? createSecureServer(files, serve as never) : createServer(serve))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, ...args)
  const url = `${secure ? 'https' : 'http'}://${host}:${port}`
  const version = way === 'over HTTP/2' ? '--http2' : '--http1.1'
  const ask: Place['ask'] = async (path, ...more) => {
    const { stdout, stderr } = await runCurl(parley, ['-i', '--suppress-connect-headers', version, ...more, url + path])
    const at = stdout.indexOf('\r\n\r\n')
    const [head, body] = [stdout.slice(0, at), stdout.slice(at + 4)]
    return { head, status: /^HTTP\/\S+ (\d+)/.exec(head)?.[1] ?? stderr, body }
  }
  return { parley, url, ask, got: async (path, ...more) => JSON.parse((await ask(path, ...more)).body) as Got }
}

const rules = (...texts: readonly string[]): string[] => texts.flatMap(text => ['--rule', text])

for (const way of ways) {
  e2e(`heads and URLs are changed ${way}, and the rest is not`, { needs }, async t => {
    const { parley, got, ask } = await setUp(
      t,
      way,
      ...rules(
        '/heads => set-header request x-set yes',
        '/heads => remove-header request accept',
        '/heads => rename-header request x-old x-new',
        "/v1 => rewrite-url '/^\\/v1\\/(\\w+)/' '/v2/$1'",
        '/query => set-query debug 1',
        '/query => remove-query utm',
        '/method => set-method PATCH',
        '~c 404 => set-status 410 Gone',
        '/heads => add-header response x-seen "a b"',
      ),
    )
    const { headers } = await got('/heads', '-H', 'X-Old: 1')
    assert.deepEqual(
      [headers['x-set'], headers.accept, headers['x-old'], headers['x-new']],
      ['yes', undefined, undefined, '1'],
    )
    assert.match((await ask('/heads')).head, /^x-seen: a b\r?$/m)
    assert.equal((await got('/v1/users?a=b')).url, '/v2/users?a=b')
    assert.equal((await got('/query?utm=x&b=%7e')).url, '/query?b=%7e&debug=1')
    const patched = await got('/method', '-d', 'a body')
    assert.deepEqual([patched.method, patched.body], ['PATCH', 'a body'])
    assert.equal((await ask('/missing')).status, '410')
    const plain = await got('/other', '-H', 'X-Old: 1')
    assert.deepEqual([plain.url, plain.headers['x-old'], plain.headers['x-set']], ['/other', '1', undefined])
    await parley.stop()
    const exchanges = (await parley.show()).flatMap(connection => connection.exchanges)
    const rewritten = exchanges.find(({ request }) => request.target.includes('/v1/'))
    assert.match(JSON.stringify(rewritten), /\/v2\/users/)
    assert.match(JSON.stringify(rewritten), /rewrite URL/)
  })

  e2e(`Parley answers in the place of the server ${way}`, { needs }, async t => {
    const folder = temporaryFolder(t)
    const site = join(folder, 'site')
    mkdirSync(join(site, 'docs'), { recursive: true })
    writeFileSync(join(site, 'app.js'), 'let a = 1\n')
    writeFileSync(join(site, 'docs/index.html'), '<p>docs')
    writeFileSync(join(folder, 'secret'), 'secret')
    symlinkSync('../secret', join(site, 'leak'))
    const { ask, got } = await setUp(
      t,
      way,
      ...rules(
        `/pay => mock 418 'tea for {query.who} by {method}' --header 'x-mocked: {path}'`,
        '/echo => mock 200 {body}',
        `~u localhost:[0-9]+/static => map-local ${site} strip /static`,
        '/old => redirect 308 https://new.example{path}',
        '~c 418 => set-header response x-after yes',
      ),
    )
    const tea = await ask('/pay?who=you')
    assert.deepEqual([tea.status, tea.body], ['418', 'tea for you by GET'])
    assert.match(tea.head, /^x-mocked: \/pay\r?$/m)
    assert.match(tea.head, /^x-after: yes\r?$/m)
    assert.equal((await ask('/echo', '-d', 'ping')).body, 'ping')
    const script = await ask('/static/app.js')
    assert.deepEqual([script.status, script.body], ['200', 'let a = 1\n'])
    assert.match(script.head, /^content-type: text\/javascript/im)
    const part = await ask('/static/app.js', '-r', '0-2')
    assert.deepEqual([part.status, part.body], ['206', 'let'])
    const [, tag = ''] = /^etag: (.*?)\r?$/im.exec(script.head) ?? []
    assert.equal((await ask('/static/app.js', '-H', `If-None-Match: ${tag}`)).status, '304')
    assert.match((await ask('/static/app.js', '-I')).head, /^content-length: 10\r?$/im)
    assert.equal((await ask('/static/docs/')).body, '<p>docs')
    for (const path of ['/static/leak', '/static/..%2fsecret', '/static/%2e%2e/secret', '/static/none'])
      assert.equal((await ask(path, '--path-as-is')).status, '404', path)
    assert.match((await ask('/old/a')).head, /^location: https:\/\/new\.example\/old\/a\r?$/im)
    assert.equal((await got('/other')).url, '/other')
  })

  e2e(`another server is asked ${way}, and Parley itself is not`, { needs }, async t => {
    const port = await listenFor(t, createServer(serve))
    const { got, ask } = await setUp(
      t,
      way,
      ...rules(
        `/api => map-remote http://127.0.0.1:${port}/v2 strip /api`,
        `/kept => map-remote http://127.0.0.1:${port} keep-host`,
      ),
    )
    const moved = await got('/api/users?a=b', '-d', 'body')
    assert.deepEqual([moved.url, moved.headers.host, moved.body], ['/v2/users?a=b', `127.0.0.1:${port}`, 'body'])
    assert.match((await got('/kept')).headers.host ?? '', /^origin\.localhost:/)
    assert.equal((await ask('/other')).status, '200')
  })

  e2e(`the ready-made rules do as they say ${way}`, { needs }, async t => {
    const ready = ['--strip-alt-svc', '--no-cache', '--cors', '--block', '*.ads.localhost']
    const { ask, got, parley, url } = await setUp(t, way, ...ready)
    const { head } = await ask('/a', '-H', 'Origin: http://page.example')
    assert.doesNotMatch(head, /^alt-svc|^etag/im)
    assert.match(head, /^cache-control: no-store\r?$/im)
    assert.match(head, /^access-control-allow-origin: http:\/\/page\.example\r?$/im)
    assert.equal((await got('/a', '-H', 'If-None-Match: "1"')).headers['if-none-match'], undefined)
    const asks = ['-X', 'OPTIONS', '-H', 'Origin: http://page.example', '-H', 'Access-Control-Request-Method: PUT']
    const preflight = await ask('/a', ...asks)
    assert.equal(preflight.status, '204')
    assert.match(preflight.head, /^access-control-allow-methods: PUT\r?$/im)
    const blocked = await runCurl(parley, [
      '-k',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      url.replace(host, 'x.ads.localhost'),
    ])
    if (way === 'in clear') assert.equal(blocked.stdout, '403')
  })
}

e2e('a file of rules is read again when it changes, and a mistake leaves what was in force', { needs }, async t => {
  const file = join(temporaryFolder(t), 'rules.jsonc')
  const put = (text: string) => writeFileSync(file, text)
  put('[{ "when": "/a", "do": "mock 201 one" }, /* more */ ]')
  const { ask, parley } = await setUp(t, 'inside TLS', '--rules', file)
  assert.equal((await ask('/a')).status, '201')
  await wait(1100) // two looks at the file
  put('[{ "when": "/a", "do": "mock 202 two" }]')
  await parley.running.heard(/1 rule is in force/)
  assert.equal((await ask('/a')).status, '202')
  put('[\n  { "when": "/a", "do": "mock tea" }\n]\n')
  await parley.running.heard(
    /line 2, column 31: expected a status from 200 to 599, found "tea"; the rules that were in force stay/,
  )
  assert.equal((await ask('/a')).status, '202')
  put('[]')
  await parley.running.heard(/0 rules are in force/)
  assert.equal((await ask('/a')).status, '200')
})

for (const scheme of ['http', 'https'])
  e2e(`a rule answers in the place of a server that is not there, by ${scheme}`, { needs }, async t => {
    const parley = await startParley(t, ...rules('~u /mock => mock 201 tea'))
    const ask = async (path: string): Promise<string> => {
      const { stdout } = await runCurl(parley, ['-s', '-w', ' %{http_code}', `${scheme}://nobody.localhost:1${path}`])
      return stdout
    }
    assert.equal(await ask('/mock'), 'tea 201')
    assert.match(await ask('/other'), /Code: tcp\/refused[\s\S]* 502$/)
    const connections = await parley.closed(2)
    const said = connections.flatMap(({ exchanges = [] }) =>
      exchanges.map(({ response, aborted }) => [response?.status, aborted?.how]),
    )
    assert.deepEqual(said, [
      [201, undefined],
      [502, 'connection-failed'],
    ])
  })
