/**
 * With a rule in force that matches no message, both ends get what they get without Parley: taps on both legs, outside of
 * it, compare every byte of real clients over HTTP/1.1 and HTTP/2.
 */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { connect, createServer as createTcp } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

interface Tap {
  readonly port: number
  /** What passed, by connection, each way. */
  bytes(): readonly { readonly toServer: Buffer; readonly toClient: Buffer }[]
}

/** Passes everything on to that port, and keeps a copy. */
async function tap(t: TestContext, to: number): Promise<Tap> {
  const seen: { toServer: Buffer[]; toClient: Buffer[] }[] = []
  const server = createTcp({ allowHalfOpen: true }, client => {
    const one = { toServer: [] as Buffer[], toClient: [] as Buffer[] }
    seen.push(one)
    const upstream = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    client.on('data', (chunk: Buffer) => one.toServer.push(chunk)).pipe(upstream)
    upstream.on('data', (chunk: Buffer) => one.toClient.push(chunk)).pipe(client)
    t.after(() => upstream.destroy())
  })
  const port = await listenFor(t, server)
  const bytes = () =>
    seen.map(({ toServer, toClient }) => ({ toServer: Buffer.concat(toServer), toClient: Buffer.concat(toClient) }))
  return { port, bytes }
}

/** Answers by path, in pieces, with trailers and an interim response; says how much it got. */
async function serve(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
  let got = 0
  for await (const part of request) got += part.length
  if (request.url === '/early') response.writeEarlyHints({ link: '</style.css>; rel=preload' })
  response.writeHead(request.url === '/none' ? 204 : 200, { 'x-path': request.url, 'Set-Cookie': 'a=b' })
  if (request.url === '/none') return void response.end()
  response.write(`${request.method} ${got} `)
  if (request.url === '/large') response.write('x'.repeat(300_000))
  if (request.url === '/trailers') response.addTrailers({ 'x-sum': '1' })
  response.end('the end')
}

async function setUp(t: TestContext, origin: number) {
  const behind = await tap(t, origin)
  const rules = ['/nothing/fits => set-header request x-set yes', '/nothing => no-cache']
  const parley = await startParley(
    t,
    '--reverse',
    `http://127.0.0.1:${behind.port}`,
    ...rules.flatMap(rule => ['--rule', rule]),
  )
  const [, door] = await parley.running.heard(/listening on 127\.0\.0\.1:(\d+) in the place of http:/)
  const before = await tap(t, Number(door))
  return { parley, url: `http://127.0.0.1:${before.port}`, before, behind }
}

/** Both taps have the same, and something; what is under way at the end may be missing behind. */
async function isSame({ parley, before, behind }: Awaited<ReturnType<typeof setUp>>, connections: number) {
  const shown = await parley.closed(connections)
  assert.deepEqual(
    shown.map(({ treatment }) => treatment),
    Array(connections).fill('rewrite'),
  )
  const [near, far] = [before.bytes(), behind.bytes()]
  assert.deepEqual([near.length, far.length], [connections, connections])
  for (const [index, { toServer, toClient }] of near.entries()) {
    assert.ok(toServer.length > 0 && toClient.length > 0)
    assert.ok(toServer.equals(far[index]!.toServer), 'what the client said')
    assert.ok(toClient.equals(far[index]!.toClient), 'what the server said')
  }
}

const paths = ['/', '/early', '/none', '/large', '/trailers', '/?q=1']
const body = (folder: string): string => {
  const file = join(folder, 'body')
  writeFileSync(file, 'b'.repeat(200_000))
  return file
}

const withNghttp: Readonly<Record<string, (file: string) => readonly string[]>> = {
  'as it is': () => [],
  'without dependencies': () => ['--no-dep'],
  'twenty times': () => ['-m', '20'],
  'with bodies': file => ['-d', file],
  'with bodies of no said length': file => ['--no-content-length', '-d', file],
  'with trailers': file => ['-d', file, '--trailer', 'x-sum: 2'],
  'padded, with CONTINUATION': () => ['-b', '20', '--continuation'],
  'with small windows': file => ['-w', '12', '-W', '14', '-d', file],
  'with a small header table': () => ['-c', '100', '-m', '5'],
}

for (const [how, options] of Object.entries(withNghttp))
  e2e(`nghttp and its server get the very frames: ${how}`, { needs: ['nghttp'] }, async t => {
    const place = await setUp(t, await listenFor(t, createHttp2(serve) as never))
    const urls = paths.map(path => place.url + path)
    const args = ['-n', ...options(body(temporaryFolder(t))), ...urls]
    const { code, stderr } = await run('nghttp', args, { timeout: 25_000 })
    assert.equal(code, 0, stderr)
    await isSame(place, 1)
  })

const withCurl: Readonly<Record<string, (file: string) => readonly string[]>> = {
  'as it is': () => [],
  'with bodies': file => ['--data-binary', `@${file}`],
}

// each on a connection of its own: curl 7.88 fails to use one again that it has not negotiated, without Parley too
for (const [how, options] of Object.entries(withCurl))
  e2e(`curl and its server get the very frames: ${how}`, { needs: ['curl'] }, async t => {
    const place = await setUp(t, await listenFor(t, createHttp2(serve) as never))
    const more = options(body(temporaryFolder(t)))
    for (const path of paths) {
      const args = ['-sS', '--noproxy', '*', '--http2-prior-knowledge', ...more, place.url + path]
      const { code, stderr } = await run('curl', args, { timeout: 25_000 })
      assert.equal(code, 0, stderr)
    }
    await isSame(place, paths.length)
  })

const fetches = `
const url = process.argv[1]
const said = []
for (const path of ['/', '/none', '/large', '/?q=1']) {
  const plain = await fetch(url + path, { headers: { 'X-Odd': ' 1 ', cookie: 'a=b' } })
  said.push(plain.status, (await plain.text()).length)
  const posted = await fetch(url + path, { method: 'POST', body: new Blob(['x'.repeat(100000)]).stream(), duplex: 'half' })
  said.push(posted.status, (await posted.text()).length)
}
console.log(said.join(' '))
`

e2e('Node’s fetch and its server get the very bytes over HTTP/1.1', {}, async t => {
  const place = await setUp(t, await listenFor(t, createServer(serve as never)))
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', fetches, '--', place.url], {
    timeout: 25_000,
  })
  assert.match(stdout, /^200 13 200 19 204 0 204 0 200 300013 200 300019 200 13 200 19\n$/, stderr)
  const connections = place.before.bytes().length
  await isSame(place, connections)
})
