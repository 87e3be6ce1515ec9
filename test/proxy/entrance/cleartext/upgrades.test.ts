import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { rawOrigin, startProxy, toProxy } from '../../running.ts'
import { say, statusOf } from '../../say.ts'
import { once, readAll } from '../../socket-pair.ts'
import { listeningOn } from './listening.ts'

const fields =
  'uPGRADE: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'
const asking = (port: number): string =>
  `GET http://127.0.0.1:${port}/chat HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${fields}`
const switching = 'HTTP/1.1 101 Web Socket\r\nupgrade: WebSocket\r\nX-A: 1\r\nCONNECTION: upgrade\r\nX-A: 2\r\n\r\n'

/** A server that switches, says `first` at once, and sends back what it hears. */
const switchingOrigin = (t: TestContext, first = '') => {
  let switched = 0
  return rawOrigin(t, {
    answer(received, socket) {
      if (switched > 0) socket.write(received.subarray(switched))
      else socket.write(switching + first)
      switched = received.length
    },
  })
}

test('a WebSocket is led on byte for byte: both heads, and what is said from then on', async t => {
  const origin = await switchingOrigin(t, 'hello')
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  const heard = readAll(client)
  client.write(asking(origin.port))
  await once(client, 'data')
  for (const said of ['one', 'two']) {
    client.write(said)
    await once(client, 'data')
  }
  client.destroy()
  await tape.closed()
  const asked = `GET /chat HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\n${fields}`
  const answered = `${switching}helloonetwo`
  assert.equal(String(await heard), answered)
  assert.equal(origin.received().toString(), `${asked}onetwo`)
  assert.equal(tape.contentText('upstream', 'to-server'), `${asked}onetwo`)
  assert.equal(tape.contentText('client', 'to-server'), `${asking(origin.port)}onetwo`)
  assert.equal(tape.contentText('client', 'to-client'), answered)
  assert.deepEqual(tape.codes(), [])
  const closed = tape.told('leg-closed').map(({ leg, closed: { by }, bytes }) => [leg, by, bytes.toServer])
  assert.deepEqual(closed.toSorted(), [
    ['client', 'client', asking(origin.port).length + 6],
    ['upstream', 'parley', asked.length + 6],
  ])
})

test('who ends first is told, and the other still gets what was said', async t => {
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end(`${switching}bye`) })
  const { proxy, tape } = await startProxy(t)
  assert.equal(await say(t, proxy, asking(origin.port)), `${switching}bye`)
  await tape.closed()
  assert.deepEqual(
    [tape.told('leg-closed').find(({ leg }) => leg === 'upstream')?.closed.by, tape.codes()],
    ['server', []],
  )
})

test('a server that refuses is heard, and the connection serves on', async t => {
  const refusal = 'HTTP/1.1 401 Who Are You\r\nContent-Length: 2\r\n\r\nno'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.write(refusal) })
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  for (let i = 0; i < 2; i++) {
    client.write(asking(origin.port))
    assert.match(String(await once(client, 'data')), /^HTTP\/1\.1 401 Who Are You\r\n[\s\S]*no$/)
  }
  client.destroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('a server that cannot be reached is told before anything is agreed', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.write(asking(1))
  assert.equal(statusOf(String(await once(client, 'data'))), 502)
  client.destroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused'])
})

test('a request to switch waits for the answer before it', async t => {
  const slow = await listeningOn(t, '127.0.0.1', 30)
  const origin = await switchingOrigin(t)
  const { proxy } = await startProxy(t)
  const client = await toProxy(t, proxy)
  const heard = readAll(client)
  client.write(`GET http://127.0.0.1:${slow.port}/a HTTP/1.1\r\nHost: a\r\n\r\n${asking(origin.port)}`)
  while (!origin.received().includes('!')) {
    await once(client, 'data')
    client.write('!')
  }
  client.end()
  assert.match(String(await heard), /^HTTP\/1\.1 200 [\s\S]*GET \/a 127.*HTTP\/1\.1 101 Web Socket\r\n/)
})

test('a server that switches unasked has not answered', async t => {
  const origin = await switchingOrigin(t)
  const { proxy, tape } = await startProxy(t)
  const asked = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
  assert.equal(statusOf(await say(t, proxy, asked)), 502)
  await tape.closed()
  assert.deepEqual(
    tape.problems().map(({ code, blame }) => [code, blame]),
    [['http/upstream-failed', 'server']],
  )
})

test('an offer of another protocol than WebSocket is passed over', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const { proxy } = await startProxy(t)
  const head = `GET http://127.0.0.1:${origin.port}/a HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\n`
  const offer = 'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n'
  assert.match(await say(t, proxy, `${head}${offer}`), /^HTTP\/1\.1 200 [\s\S]*GET \/a 127/)
})
