/** curl's requests again, and their answers without their server: what the server gets is what it got. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createServer, type TLSSocket } from 'node:tls'
import { listen } from '../../src/peers/origin.ts'
import { seeHello } from '../../src/proxy/hello/seen-hello.ts'
import { openCapture } from '../../src/store/capture.ts'
import { dissect } from '../../src/wire/tls/dissect.ts'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'

/** A server of HTTP/1.1 over TLS that keeps every byte that it gets. */
async function keepingOrigin(t: TestContext, files: { readonly cert: string; readonly key: string }) {
  const received: string[] = []
  const server = createServer(
    { cert: readFileSync(files.cert), key: readFileSync(files.key), ALPNProtocols: ['http/1.1'] },
    (socket: TLSSocket) => {
      let text = ''
      socket.on('error', () => {})
      socket.on('data', part => {
        text += part.toString('latin1')
        if (!/\r\n\r\nabc$|^GET[\s\S]*\r\n\r\n$/.test(text)) return
        received.push(text)
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok')
      })
    },
  )
  const { port, close } = await listen(server)
  t.after(close)
  return { received, url: `https://${host}:${port}` }
}

/** The ClientHello that Parley sent on a connection, as far as clients are told apart by it. */
function shapeSent(path: string, connection: number): string | undefined {
  const capture = openCapture(path)
  const leg = capture.legCapture(connection, 'upstream')
  capture.close()
  const message = leg && dissect(leg).messages.find(({ name }) => name === 'client_hello')?.bytes
  return message && seeHello(Buffer.from(message))?.shape
}

e2e('a request is sent again byte for byte, with the hello of its client', { needs }, async t => {
  const identities = await makeIdentities(t)
  const origin = await keepingOrigin(t, identities.leaf('origin', { host }))
  const trust = ['--upstream-ca', identities.caPath]
  const parley = await startParley(t, ...trust)
  const odd = ['-H', 'x-ODD: a  b', '-H', 'X-Odd: c', '-H', 'Accept;']
  await runCurl(parley, ['--http1.1', ...odd, `${origin.url}/one?x=%20`])
  await runCurl(parley, ['--http1.1', '-d', 'abc', `${origin.url}/two`])
  await parley.closed(2)
  await parley.stop()
  assert.equal(origin.received.length, 2)
  const sent = join(parley.installed.folder, 'sent.parley')
  const again = await parley.installed.run('replay', parley.capturePath, ...trust, '--capture', sent)
  assert.equal(again.code, 0, again.stdout + again.stderr)
  assert.match(again.stdout, /2 flows repeated, all answered as recorded\n$/)
  assert.deepEqual(origin.received.slice(2), origin.received.slice(0, 2))
  for (const connection of [1, 2]) {
    assert.ok(shapeSent(parley.capturePath, connection))
    assert.equal(shapeSent(sent, connection), shapeSent(parley.capturePath, connection))
  }
})

for (const flag of ['--http2', '--http1.1'])
  e2e(`what was recorded is answered without its server (${flag})`, { needs }, async t => {
    const identities = await makeIdentities(t)
    const port = await startOrigin(t, identities.leaf('origin', { host }))
    const url = `https://${host}:${port}`
    const parley = await startParley(t, '--upstream-ca', identities.caPath)
    const asked = [flag, '-d', 'question=42', `${url}/form`]
    const { stdout } = await runCurl(parley, asked)
    await parley.closed(1)
    await parley.stop()
    const server = parley.installed.start(t, 'serve', parley.capturePath, '--listen', '127.0.0.1:0')
    const [, at] = await server.heard(/listening on 127\.0\.0\.1:(\d+)/)
    const serving = { ...parley, port: Number(at), url: `http://127.0.0.1:${at}` }
    for (let i = 0; i < 5; i++) assert.equal((await runCurl(serving, asked)).stdout, stdout)
    const other = await runCurl(serving, [flag, '-d', 'question=43', `${url}/form`])
    assert.match(other.stdout, /own\/not-recorded/)
  })
