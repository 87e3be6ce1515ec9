import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from '../../../src/proxy/listener.ts'
import { MemoryTape } from '../memory-tape.ts'
import { optionsIn, share, startProxy, toProxy } from '../running.ts'
import { say, statusOf } from '../say.ts'
import { readAll } from '../socket-pair.ts'

const badConnects = [
  'a.example',
  'a.example:',
  ':443',
  'a.example:0',
  'a.example:99999',
  'http://a.example/',
  '*',
  '[::1]',
]
for (const authority of badConnects) {
  test(`CONNECT ${authority} is answered with 400 and a named problem`, async t => {
    const { proxy, tape } = await startProxy(t)
    const answer = await say(t, proxy, `CONNECT ${authority} HTTP/1.1\r\nHost: x\r\n\r\n`)
    assert.equal(statusOf(answer), 400)
    await tape.closed()
    assert.match(tape.codes().join(), /^proxy\/bad-(connect|request)$/)
    assert.equal(tape.problems()[0]!.blame, 'client')
  })
}

const garbage: Readonly<Record<string, string>> = {
  'a line of nonsense': 'nonsense\r\n\r\n',
  'binary zeros': '\0'.repeat(100),
  'the high half of latin1': '\xff\xfe\xfd\xfc\r\n\r\n',
  'both lengths':
    'POST http://a.example/ HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'a head without end': `GET http://a.example/ HTTP/1.1\r\nX: ${'x'.repeat(2_000_000)}`,
}
for (const [name, bytes] of Object.entries(garbage)) {
  test(`${name} is refused with a problem, and the connection ends`, async t => {
    const { proxy, tape } = await startProxy(t)
    const answer = await say(t, proxy, bytes)
    assert.ok(answer === '' || statusOf(answer) >= 400, answer.slice(0, 80))
    await tape.closed()
    assert.ok(tape.codes().every(code => code === 'proxy/bad-request') && tape.codes().length <= 1, tape.codes().join())
  })
}

test('a client that connects and says nothing is no problem', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.end()
  client.resume()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('a client that ends in the midst of its request is told so', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.end('GET http://a.ex')
  client.resume()
  await tape.closed()
  assert.deepEqual(
    tape.problems().map(({ code, message }) => [code, message]),
    [
      [
        'proxy/bad-request',
        'the proxy cannot serve what the client asks: the connection ended inside a message in its head',
      ],
    ],
  )
})

test('a client that resets in the middle of its request is no bad request', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.write('GET http://a.ex')
  await wait(20)
  client.resetAndDestroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
  assert.deepEqual(
    tape.told('leg-closed').map(({ closed }) => [closed.by, closed.how]),
    [['client', 'reset']],
  )
})

test('where descriptors are short, an idle client makes room; where none is idle, the new one is told and turned away', async t => {
  const { folder, authority } = await share()
  const tape = new MemoryTape()
  const told: string[] = []
  const surroundings = { descriptors: () => 1, trouble: (text: string) => told.push(text) }
  const fill = Array.from({ length: 45 }, () => openSync('/dev/null', 'r')) // so that a new number is not a low one
  t.after(() => {
    for (const file of fill) closeSync(file)
  })
  const proxy = await listen(optionsIn(folder), tape, authority, surroundings)
  t.after(() => proxy.close())
  const refused = await readAll(await toProxy(t, proxy))
  assert.equal(statusOf(String(refused)), 503)
  await tape.closed()
  assert.deepEqual([tape.codes(), tape.problems()[0]?.blame, told.length], [['proxy/no-descriptors'], 'parley', 1])
})
