/** curl through scripts of http-mitm-proxy's interface, in clear and inside TLS. */
import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor, sha256, steadyBytes } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'
const example = join(import.meta.dirname, '../../examples/mitm-script.mjs')
const size = 24 * 1024 * 1024

const serve: RequestListener = async (request, answer) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const said = sha256(Buffer.concat(parts))
  if (request.url === '/zip') return void answer.setHeader('content-encoding', 'gzip').end(gzipSync('teh end'))
  if (request.url === '/bytes') return void answer.end(steadyBytes(size))
  answer.end(`${request.method} ${request.headers['x-script']} ${said}`)
}

async function setUp(t: TestContext, secure: boolean, script: string, ...more: string[]) {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const options = { cert: readFileSync(cert), key: readFileSync(key) }
  const port = await listenFor(t, secure ? createHttpsServer(options, serve) : createHttpServer(serve))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--mitm-script', script, ...more)
  return { parley, url: `${secure ? 'https' : 'http'}://${host}:${port}` }
}

for (const secure of [false, true]) {
  const where = secure ? 'inside TLS' : 'in clear'

  e2e(`the example of the README runs ${where}`, { needs }, async t => {
    const { parley, url } = await setUp(t, secure, example)
    const zipped = await runCurl(parley, ['-i', '--http1.1', `${url}/zip`])
    assert.match(zipped.stdout, new RegExp(`^x-script: ${where}`, 'm'))
    assert.match(zipped.stdout, /\r\n\r\nthe end$/)
    assert.equal((await runCurl(parley, ['-w', '%{http_code}', `${url}/blocked`])).stdout, 'not today\n403')
    const posted = await runCurl(parley, ['-d', 'question=42', `${url}/form`])
    assert.equal(posted.stdout, `POST mitm-script.mjs ${sha256(Buffer.from('question=42'))}`)
    const head = await runCurl(parley, ['-I', `${url}/zip`])
    assert.match(head.stdout, /^HTTP\/1\.1 200 [\s\S]*x-script: /)
  })

  e2e(`what a script changes is shown from both sides ${where}`, { needs }, async t => {
    const script = join(temporaryFolder(t), 'changes.mjs')
    writeFileSync(
      script,
      `const swap = (ctx, chunk, next) => next(null, Buffer.from(String(chunk).replace('question', 'QUESTION')))
      export default proxy => proxy.onRequestData(swap).onRequest((ctx, next) => {
        ctx.proxyToServerRequestOptions.headers['x-script'] = 'set'
        if (ctx.clientToProxyRequest.url === '/mine') ctx.proxyToClientResponse.end('mine')
        else next()
      }).onResponseData((ctx, chunk, next) => next(null, Buffer.from(String(chunk).toLowerCase())))`,
    )
    const { parley, url } = await setUp(t, secure, script)
    const posted = await runCurl(parley, ['-d', 'question=42', `${url}/form`])
    assert.equal((await runCurl(parley, [`${url}/mine`])).stdout, 'mine')
    const answered = `POST set ${sha256(Buffer.from('QUESTION=42'))}`
    assert.equal(posted.stdout, answered.toLowerCase())
    const exchanges = (await parley.closed(2)).flatMap(({ exchanges }) => exchanges)
    const { request, response, server } = exchanges.find(({ request }) => request.target.endsWith('/form'))!
    const texts = [request, server?.request, server?.response, response].map(message => message?.body?.text)
    assert.deepEqual(texts, ['question=42', 'QUESTION=42', answered, answered.toLowerCase()])
    assert.deepEqual(
      server?.request.headers.filter(([name]) => name === 'x-script'),
      [['x-script', 'set']],
    )
    assert.equal(exchanges.find(({ request }) => request.target.endsWith('/mine'))!.server, null)
  })

  e2e(
    `rules come before a script on the same host, and the server’s side is what it got of both ${where}`,
    { needs },
    async t => {
      const script = join(temporaryFolder(t), 'adds.mjs')
      writeFileSync(
        script,
        `export default proxy => proxy.onRequest((ctx, next) => {
        ctx.proxyToServerRequestOptions.headers['x-script'] = 'set'
        next()
      }).onResponseData((ctx, chunk, next) => next(null, Buffer.from(String(chunk).toLowerCase())))`,
      )
      const rules = [
        '/form => replace-body request question answer',
        '/form => set-header response x-rule yes',
        '/mock => mock 200 tea',
      ]
      const { parley, url } = await setUp(t, secure, script, ...rules.flatMap(rule => ['--rule', rule]))
      const { stdout } = await runCurl(parley, [
        '-i',
        '-d',
        'question=42',
        `${url}/mock`,
        `${url}/form`,
        `${url}/plain`,
      ])
      const answered = (body: string): string => `POST set ${sha256(Buffer.from(body))}`
      for (const said of [
        'tea',
        'x-rule: yes',
        answered('answer=42').toLowerCase(),
        answered('question=42').toLowerCase(),
      ])
        assert.ok(stdout.includes(said), stdout)
      const exchanges = (await parley.closed(1)).flatMap(({ exchanges }) => exchanges)
      const of = (path: string) => exchanges.find(({ request }) => request.target.endsWith(path))!
      assert.equal(of('/mock').server, null)
      for (const [path, body] of [
        ['/form', 'answer=42'],
        ['/plain', 'question=42'],
      ] as const) {
        const { request, response, server } = of(path)
        const texts = [request, server?.request, server?.response, response].map(message => message?.body?.text)
        assert.deepEqual(texts, ['question=42', body, answered(body), answered(body).toLowerCase()])
        assert.deepEqual(
          [server, of(path)].map(side => side?.request.headers.some(([name]) => name === 'x-script')),
          [true, false],
        )
        assert.equal(
          server!.response!.headers.some(([name]) => name === 'x-rule'),
          false,
        )
        assert.equal(
          response!.headers.some(([name]) => name === 'x-rule'),
          path === '/form',
        )
      }
    },
  )

  e2e(`large bodies both ways arrive through a script ${where}`, { needs }, async t => {
    const folder = temporaryFolder(t)
    const [out, up, script] = [join(folder, 'out'), join(folder, 'up'), join(folder, 'pass.mjs')]
    writeFileSync(up, steadyBytes(size))
    const passing = '(ctx, chunk, next) => setImmediate(next, null, chunk)'
    writeFileSync(script, `export default { onRequestData: ${passing}, onResponseData: ${passing} }`)
    const { parley, url } = await setUp(t, secure, script)
    for (const flags of [[], ['-H', 'Transfer-Encoding: chunked']]) {
      const { stdout } = await runCurl(parley, [...flags, '-T', up, `${url}/up`])
      assert.equal(stdout, `PUT undefined ${sha256(steadyBytes(size))}`)
    }
    await runCurl(parley, ['-o', out, `${url}/bytes`])
    assert.equal(statSync(out).size, size)
    assert.equal(sha256(readFileSync(out)), sha256(steadyBytes(size)))
  })

  e2e(`a script that throws is named with its line ${where}, and the proxy goes on`, { needs }, async t => {
    const script = join(temporaryFolder(t), 'throws.mjs')
    const onRequest = "(ctx, next) => {\n if (ctx.clientToProxyRequest.url === '/no') null.x\n next() }"
    writeFileSync(script, `export default { onRequest: ${onRequest} }`)
    const { parley, url } = await setUp(t, secure, script)
    const { stdout } = await runCurl(parley, ['-w', '%{http_code}', `${url}/no`])
    assert.match(stdout, /throws\.mjs:2 \(onRequest\): TypeError: Cannot read[\s\S]*proxy\/script-failed[\s\S]*502$/)
    assert.match((await runCurl(parley, [`${url}/yes`])).stdout, /^GET undefined /)
    const [failed] = await parley.closed(2)
    assert.deepEqual(
      failed?.problems.map(({ code, blame }) => [code, blame]),
      [['proxy/script-failed', 'parley']],
    )
  })
}
