/** Rules that want bodies, and bodies that have no end; black holes that are given up. With curl, in clear, in TLS, over HTTP/2. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'
const ways = ['in clear', 'inside TLS', 'over HTTP/2'] as const

/** `/events`: one each 50 ms, for ever. Else half of what it promises, and then nothing for 20 s. */
function serve(request: IncomingMessage, answer: ServerResponse): void {
  request.resume()
  if (request.url === '/events') {
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    const timer = setInterval(() => answer.write('data: tick\n\n'), 50)
    answer.once('close', () => clearInterval(timer))
    return
  }
  answer.writeHead(200, { 'content-type': 'text/plain', 'content-length': 100 })
  answer.write('x'.repeat(60))
  const timer = setTimeout(() => answer.end('x'.repeat(40)), 20_000)
  answer.once('close', () => clearTimeout(timer))
}

async function setUp(t: TestContext, way: (typeof ways)[number], ...rules: string[]) {
  const { caPath, leaf } = await makeIdentities(t)
  const { cert, key } = leaf('origin', { host })
  const files = { cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }
  const secure = way !== 'in clear'
  const port = await listenFor(t, secure ? createSecureServer(files, serve as never) : createServer(serve))
  const parley = await startParley(t, '--upstream-ca', caPath, ...rules.flatMap(rule => ['--rule', rule]))
  const version = way === 'over HTTP/2' ? '--http2' : '--http1.1'
  const url = `${secure ? 'https' : 'http'}://${host}:${port}`
  const ask = (path: string, seconds: number) => runCurl(parley, ['-N', version, '-m', String(seconds), url + path])
  return { parley, ask }
}

for (const way of ways) {
  e2e(`an event stream flows past rules that want bodies, which say so: ${way}`, { needs }, async t => {
    const script = join(temporaryFolder(t), 'script.ts')
    writeFileSync(script, 'export const response = () => ({ status: 500 })\n')
    const { parley, ask } = await setUp(
      t,
      way,
      '~all => replace-body response tick tock',
      `~all => script ${script}`,
      '~bs nothing => set-status 404',
    )
    const { stdout } = await ask('/events', 3)
    assert.ok(stdout.split('data: tick\n\n').length > 10, `${stdout.length} bytes`)
    await parley.stop()
    const told = JSON.stringify(await parley.show())
    assert.equal(told.split('rule/body-endless').length - 1 >= 2, true, told)
  })

  e2e(`half of a body that stalls is cut off at once: ${way}`, { needs }, async t => {
    const { ask } = await setUp(t, way, '~all => cut-body response 50%')
    const began = performance.now()
    const { stdout, code } = await ask('/slow', 15)
    // curl drops what it has read of a stream when RST_STREAM comes with it
    if (way !== 'over HTTP/2') assert.equal(stdout, 'x'.repeat(50))
    assert.ok(code !== 0 && code !== 28, `curl ended with ${code}`)
    assert.ok(performance.now() - began < 10_000)
  })

  e2e(`a black hole is over when its client gives up: ${way}`, { needs }, async t => {
    const { parley, ask } = await setUp(t, way, '/a => block black-hole', '/b => cut-body response 10 black-hole')
    for (const path of ['/a', '/b']) {
      assert.equal((await ask(path, 1)).code, 28)
      const gaveUp = performance.now()
      await parley.closed(path === '/a' ? 1 : 2)
      assert.ok(performance.now() - gaveUp < 5000)
    }
  })
}
