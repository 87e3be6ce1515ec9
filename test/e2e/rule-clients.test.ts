/** Rules and clients that have more to say than curl: Chromium and Node's fetch, over HTTP/1.1 and HTTP/2. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { ChromiumPage } from './support/chromium-page.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const paths = ['/headers', '/mocked', '/file.txt', '/text', '/json', '/untouched', '/gone', '/posted'] as const
const asked = paths
  .map(path => `await ask('${path}'${path === '/posted' ? ", { method: 'POST', body: 'the cat' }" : ''})`)
  .join(', ')
const asking = (base: string): string => `
  const ask = (path, more) => fetch('${base}' + path, more)
    .then(async answer => answer.status + ' ' + (answer.headers.get('x-rule') ?? '-') + ' ' + await answer.text(), () => 'failed')
  const said = [${asked}]`
const expected = [
  '200 yes set',
  "418 - it's tea",
  '200 - of a file',
  '200 - a dog and a dog',
  '200 - {"n": 1.0, "admin": true}',
  '200 - as it was',
  'failed',
  '200 - got the dog',
]

/** What the server got, by path. */
type Got = Map<string, readonly string[]>

async function setUp(t: TestContext, http2: boolean) {
  const { caPath, leaf } = await makeIdentities(t)
  const { cert, key } = leaf('origin', { host: 'localhost' })
  const got: Got = new Map()
  const files = { cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }
  const options = http2 ? files : { ...files, ALPNProtocols: ['http/1.1'] }
  const port = await listenFor(
    t,
    createSecureServer(options, (request, response) => void serve(got, request, response)),
  )
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'file.txt'), 'of a file')
  const rules = [
    '/headers => set-header request x-set set; set-header response x-rule yes',
    `/mocked => mock 418 "it's tea"`,
    `/file.txt => map-local ${folder}`,
    '/text => replace-body response cat dog',
    '/posted => replace-body request cat dog',
    '/json => set-json response $.admin true',
    '/gone => block reset',
    '/nothing/fits => no-cache',
  ].flatMap(rule => rule.split('; ').map(one => (one.includes('=>') ? one : `/headers => ${one}`)))
  const parley = await startParley(t, '--upstream-ca', caPath, ...rules.flatMap(rule => ['--rule', rule]))
  return { parley, got, port, url: `https://localhost:${port}` }
}

async function serve(got: Got, request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
  let body = ''
  for await (const part of request) body += part
  got.set(request.url, request.rawHeaders)
  const answers: Readonly<Record<string, string>> = {
    '/headers': String(request.headers['x-set']),
    '/text': 'a cat and a cat',
    '/json': '{"n": 1.0, "admin": false}',
    '/untouched': 'as it was',
    '/posted': `got ${body}`,
  }
  const type = request.url === '/' ? 'text/html' : request.url === '/json' ? 'application/json' : 'text/plain'
  response.writeHead(200, { 'content-type': type })
  response.end(answers[request.url] ?? '<!doctype html><title>page</title>')
}

function judge(got: Got): void {
  for (const path of ['/mocked', '/file.txt', '/gone']) assert.equal(got.has(path), false, path)
  for (const [path, headers] of got) assert.equal(headers.includes('x-set'), path === '/headers', path)
}

for (const http2 of [true, false]) {
  const protocol = http2 ? 'HTTP/2' : 'HTTP/1.1'

  e2e(
    `Chromium gets what rules make of it, and its server what it said otherwise, over ${protocol}`,
    { needs: ['chromium'] },
    async t => {
      const { parley, got, url } = await setUp(t, http2)
      const page = await ChromiumPage.open(t, 800, 600, [
        ...[`--proxy-server=${parley.url}`, '--proxy-bypass-list=<-loopback>', '--ignore-certificate-errors'],
      ])
      await page.goTo(`${url}/`)
      await page.shows("document.title === 'page'")
      await page.read(`(async () => { ${asking('')}; document.title = JSON.stringify(said) })()`)
      await page.shows("document.title.startsWith('[')")
      assert.deepEqual(JSON.parse(String(await page.read('document.title'))), expected)
      judge(got)
      await parley.stop()
      const capture = openCapture(parley.capturePath)
      try {
        const { id } = capture.flows({ limit: 100 }).find(({ path }) => path === '/untouched')!
        const { request, server } = capture.exchange(id)!
        assert.deepEqual([request.head.headers.flat(), server], [got.get('/untouched'), undefined])
      } finally {
        capture.close()
      }
    },
  )
}

e2e('Node’s fetch gets what rules make of it, and its server what it said otherwise', {}, async t => {
  const { parley, got, url } = await setUp(t, false)
  const script = `${asking(url)}; console.log(JSON.stringify(said))`
  const env = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: parley.url, NO_PROXY: '', NODE_EXTRA_CA_CERTS: parley.caPath }
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env,
    timeout: 25_000,
  })
  assert.deepEqual(JSON.parse(stdout || '[]'), expected, stderr)
  judge(got)
})
