/** Rules on HTTP in clear, by every way that curl has to ask for it; what the server got to the byte. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer as createHttp2 } from 'node:http2'
import { createServer, type Server } from 'node:net'
import type { TestContext } from 'node:test'
import { createServer as createTls } from 'node:tls'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { run } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'
const rules = [
  '/set => set-header request x-set yes',
  '/set => replace-body response hello "good bye"',
  '/mock => mock 418',
]
const ruled = rules.flatMap(rule => ['--rule', rule])
const answer = 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello'

/** Says hello to each request in HTTP/1.0, and closes. */
const serve = (got: string[], server: (listener: (socket: import('node:net').Socket) => void) => Server): Server =>
  server(socket => {
    let heard = ''
    socket.on('error', () => {})
    socket.on('data', bytes => {
      heard += bytes
      const [head = '', body] = heard.split('\r\n\r\n')
      if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)) return
      got.push(heard)
      socket.end(answer)
    })
  })

const viaSocks = (parley: Parley, args: readonly string[]) =>
  run('curl', ['-sS', '-m', '10', '--proxy', `socks5h://127.0.0.1:${parley.port}`, '--noproxy', '', ...args], {
    timeout: 20_000,
  })
const ways = {
  'as a proxy': (parley: Parley, args: readonly string[]) => runCurl(parley, args),
  'in a tunnel': (parley: Parley, args: readonly string[]) =>
    runCurl(parley, ['-p', '--suppress-connect-headers', ...args]),
  'by SOCKS': viaSocks,
} as const

const exchange = async (ask: (path: string, ...args: string[]) => Promise<string>, got: string[]): Promise<void> => {
  for (const more of [[], ['-d', 'abc']]) {
    const plain = await ask('/plain', ...more)
    assert.equal(plain, answer)
    const changed = await ask('/set', ...more)
    assert.match(changed, /^HTTP\/1\.0 200 OK\r\nContent-Type: text\/plain\r\nContent-Length: 8\r\n\r\ngood bye$/)
    const [first, second] = got.splice(0)
    assert.match(first!, /^(GET|POST) \/plain HTTP\/1\.0\r\nHost: /)
    assert.ok(!first!.includes('x-set'))
    const [head, body] = first!.split('\r\n\r\n')
    assert.equal(second, `${head!.replace('/plain', '/set')}\r\nx-set: yes\r\n\r\n${body}`)
  }
  assert.match(await ask('/mock'), /^HTTP\/1\.0 418 /)
  assert.equal(await ask('/plain', '-I'), answer.replace('hello', ''))
  assert.deepEqual(
    got.splice(0).map(text => text.split(' ')[0]),
    ['HEAD'],
  )
}

for (const [way, ask] of Object.entries(ways))
  e2e(`HTTP/1.0 in clear is acted on ${way}, and the server gets the very bytes otherwise`, { needs }, async t => {
    const got: string[] = []
    const port = await listenFor(t, serve(got, createServer))
    const parley = await startParley(t, ...ruled)
    await exchange(async (path, ...more) => {
      const { stdout } = await ask(parley, ['-i', '-0', ...more, `http://${host}:${port}${path}`])
      return stdout
    }, got)
  })

e2e('HTTP/1.0 inside TLS is acted on', { needs }, async t => {
  const got: string[] = []
  const { caPath, leaf } = await makeIdentities(t)
  const { cert, key } = leaf('origin', { host })
  const files = { cert: readFileSync(cert), key: readFileSync(key) }
  const port = await listenFor(
    t,
    serve(got, listener => createTls(files, listener)),
  )
  const parley = await startParley(t, '--upstream-ca', caPath, ...ruled)
  await exchange(async (path, ...more) => {
    const args = ['-i', '-0', '--suppress-connect-headers', ...more, `https://${host}:${port}${path}`]
    return (await runCurl(parley, args)).stdout
  }, got)
})

/** Says back a field that a rule may have set. */
async function http2Origin(t: TestContext): Promise<number> {
  const server = createHttp2((request, response) => response.end(`hello ${request.headers['x-set'] ?? '-'}`))
  return listenFor(t, server as never)
}

for (const way of ['in a tunnel', 'by SOCKS'] as const)
  e2e(`HTTP/2 in clear is acted on ${way}`, { needs }, async t => {
    const port = await http2Origin(t)
    const parley = await startParley(t, ...ruled)
    const ask = async (path: string): Promise<string> =>
      (await ways[way](parley, ['--http2-prior-knowledge', `http://${host}:${port}${path}`])).stdout
    assert.equal(await ask('/plain'), 'hello -')
    assert.equal(await ask('/set'), 'good bye yes')
  })
