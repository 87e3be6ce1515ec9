/** A rule that is switched on while connections are open: they end at a quiet moment, and nothing that they carry fails. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ClientHttp2Session, connect, createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { openTunnel } from './support/failure-rows.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'localhost'
const rule = JSON.stringify([{ when: '~u /', do: 'set-header request x-rule on' }])

/** Says whether the rule was at work; `/slow` takes a second. */
const serve = (request: IncomingMessage, answer: ServerResponse): void => {
  const said = String(request.headers['x-rule'] ?? 'off')
  setTimeout(() => answer.end(said), request.url === '/slow' ? 1000 : 0)
}

e2e('HTTP/2 is told to go away, its open stream is answered, and the next connection is acted on', {}, async t => {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const port = await listenFor(
    t,
    createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) }, serve as never),
  )
  const rules = join(temporaryFolder(t), 'rules.json')
  writeFileSync(rules, '[]')
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--rules', rules)
  const session = async (): Promise<ClientHttp2Session> => {
    const socket = tls.connect({
      ...{ socket: await openTunnel(t, parley, port, host), servername: host, ALPNProtocols: ['h2'] },
      ca: readFileSync(parley.caPath),
    })
    return connect(`https://${host}:${port}`, { createConnection: () => socket })
  }
  const ask = async (on: ClientHttp2Session, path: string): Promise<string> => {
    const stream = on.request({ ':path': path })
    let said = ''
    for await (const part of stream.setEncoding('utf8')) said += part
    return said
  }
  const first = await session()
  assert.equal(await ask(first, '/'), 'off')
  const slow = ask(first, '/slow')
  const away = once(first, 'goaway')
  const over = once(first, 'close')
  writeFileSync(rules, rule)
  const [error, last] = await away
  assert.deepEqual([error, last], [0, 2 ** 31 - 1])
  assert.equal(await slow, 'off', 'what was under way goes on')
  await over
  const second = await session()
  assert.equal(await ask(second, '/'), 'on')
  second.close()
  await parley.stop()
})

e2e('a kept HTTP/1 connection ends between two exchanges', {}, async t => {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const files = { cert: readFileSync(cert), key: readFileSync(key) }
  const port = await listenFor(t, createServer(files, serve))
  const rules = join(temporaryFolder(t), 'rules.json')
  writeFileSync(rules, '[]')
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--rules', rules)
  const open = async (): Promise<tls.TLSSocket> => {
    const socket = await openTunnel(t, parley, port, host)
    return tls.connect({ socket, servername: host, ALPNProtocols: ['http/1.1'], ca: readFileSync(parley.caPath) })
  }
  const ask = async (on: tls.TLSSocket, path: string): Promise<string> => {
    on.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    const [bytes] = await once(on, 'data')
    return String(bytes).includes('\r\n\r\non') ? 'on' : 'off'
  }
  const first = await open()
  assert.equal(await ask(first, '/'), 'off')
  const slow = ask(first, '/slow')
  const over = once(first, 'close')
  await wait(100) // it is under way
  writeFileSync(rules, rule)
  assert.equal(await slow, 'off')
  await over
  const second = await open()
  assert.equal(await ask(second, '/'), 'on')
  await parley.stop()
})
