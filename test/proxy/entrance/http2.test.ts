import assert from 'node:assert/strict'
import http2, { type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2'
import { type TestContext, test } from 'node:test'
import tls from 'node:tls'
import { identityFor, type Running, rawOrigin, startProxy, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import { listeningOn } from './cleartext/listening.ts'

const host = 'origin.localhost'

/** HTTP/2 with the proxy itself, over TLS or with prior knowledge. */
function session(t: TestContext, { proxy, ca }: Running, secure: boolean): ClientHttp2Session {
  const made = http2.connect(`${secure ? 'https' : 'http'}://127.0.0.1:${proxy.port}`, { ca })
  made.on('error', () => {})
  t.after(() => made.destroy())
  return made
}

async function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: string) {
  const stream = session.request(headers, body === undefined ? {} : { endStream: false })
  stream.on('error', () => {})
  if (body !== undefined) stream.end(body)
  const answered = await new Promise<OutgoingHttpHeaders>(resolve => stream.once('response', resolve))
  return { stream, status: answered[':status'], headers: answered }
}

const connect = (session: ClientHttp2Session, authority: string, more: OutgoingHttpHeaders = {}) =>
  ask(session, { ':method': 'CONNECT', ':authority': authority, ...more })

/** TLS with the origin inside a tunnel. */
async function ping(stream: ClientHttp2Stream, ca: string): Promise<string> {
  const client = tls.connect({ socket: stream, servername: host, ca })
  client.on('error', () => {})
  client.write('ping')
  const answer = String(await once(client, 'data'))
  client.end()
  return answer
}

for (const secure of [true, false])
  test(`each CONNECT of HTTP/2 ${secure ? 'over TLS' : 'in clear'} is a tunnel and a connection of its own`, async t => {
    const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('pong') })
    const running = await startProxy(t)
    const { tape, ca } = running
    const client = session(t, running, secure)
    const tunnels = await Promise.all([1, 2, 3].map(() => connect(client, `${host}:${origin.port}`)))
    assert.deepEqual(
      tunnels.map(({ status }) => status),
      [200, 200, 200],
    )
    assert.deepEqual(await Promise.all(tunnels.map(({ stream }) => ping(stream, ca))), ['pong', 'pong', 'pong'])
    await tape.closed(3)
    client.close()
    await tape.closed(4)
    assert.deepEqual(tape.codes(), [])
    assert.deepEqual(
      tape.told('opened').map(({ within }) => within),
      [undefined, 1, 1, 1],
    )
    assert.deepEqual(
      tape.told('targeted').map(({ entrance }) => entrance),
      [secure ? 'tls' : 'http2', 'http2-connect', 'http2-connect', 'http2-connect'],
    )
    for (const id of [2, 3, 4]) {
      assert.deepEqual(
        tape.told('secured', id).map(({ leg }) => leg),
        ['upstream', 'client'],
      )
      assert.equal(tape.told('tls-started', id)[0]?.toServer, 0)
    }
  })

test('a tunnel that its client resets is closed by the client, and the others go on', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('pong') })
  const running = await startProxy(t)
  const client = session(t, running, true)
  const [left, kept] = [
    await connect(client, `${host}:${origin.port}`),
    await connect(client, `${host}:${origin.port}`),
  ]
  left.stream.close(http2.constants.NGHTTP2_CANCEL)
  await running.tape.closed()
  const [closed] = running.tape.told('leg-closed', 2)
  assert.deepEqual([closed?.leg, closed?.closed.by, closed?.closed.how], ['client', 'client', 'reset'])
  assert.equal(await ping(kept.stream, running.ca), 'pong')
})

test('a CONNECT without host and port, to Parley itself, or without credentials is refused with a sentence', async t => {
  const basic = (text: string) => ({ 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` })
  const running = await startProxy(t, { access: { allow: [], credentials: 'me:word', localTargets: false } })
  const { tape, proxy } = running
  const client = session(t, running, true)
  const bare = await connect(client, 'a.example:443')
  assert.deepEqual([bare.status, bare.headers['proxy-authenticate']], [407, 'Basic realm="Parley"'])
  assert.equal((await connect(client, 'a.example', basic('me:word'))).status, 400)
  const loop = await connect(client, `127.0.0.1:${proxy.port}`, basic('me:word'))
  assert.equal(loop.status, 508)
  assert.match(String(await readAll(loop.stream)), /loop/)
  await tape.closed(3)
  assert.deepEqual(tape.codes(), ['proxy/credentials', 'proxy/bad-connect', 'proxy/loop'])
})

test('a request in clear is served as one of HTTP/1, its body and the answer passed on', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const running = await startProxy(t)
  const client = session(t, running, true)
  const head = { ':scheme': 'http', ':authority': `127.0.0.1:${origin.port}`, ':path': '/a?b' }
  const got = await ask(client, { ...head, ':method': 'GET', 'x-own': 'yes' })
  assert.deepEqual([got.status, String(await readAll(got.stream))], [200, `GET /a?b 127.0.0.1:${origin.port}`])
  const posted = await ask(client, { ...head, ':method': 'POST' }, 'a body')
  assert.equal(posted.status, 200)
  posted.stream.resume()
  await running.tape.closed(2)
  const asked = running.tape.contentText('client', 'to-server')
  assert.match(asked, /^GET http:\/\/127\.0\.0\.1:\d+\/a\?b HTTP\/1\.1\r\n/)
  assert.match(asked, /x-own: yes/i)
  assert.match(asked, /a body/)
  const secure = await ask(client, { ...head, ':scheme': 'https', ':method': 'GET' })
  assert.equal(secure.status, 400)
  assert.match(String(await readAll(secure.stream)), /https URL in clear/)
})

for (const secure of [true, false])
  test(`Parley’s own address has its site, asked ${secure ? 'over TLS' : 'in clear'}`, async t => {
    const running = await startProxy(t)
    const client = session(t, running, secure)
    const got = await ask(client, { ':method': 'GET', ':path': '/check' })
    assert.deepEqual([got.status, String(await readAll(got.stream))], [200, 'Parley\n'])
    const other = await ask(client, {
      ':method': 'GET',
      ':path': '/check',
      ':authority': 'rebound.example',
      ':scheme': 'https',
    })
    assert.equal(other.status, 400)
    await running.tape.closed(2)
    assert.equal(running.tape.told('treated')[0]?.treatment, 'own')
  })

test('what only begins like HTTP/2 is told so, and its connection ends', async t => {
  const { proxy, tape } = await startProxy(t)
  const socket = await toProxy(t, proxy, false)
  const answer = readAll(socket)
  socket.write(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'x'.repeat(100)}`)
  const goaway = 7
  assert.ok((await answer).includes(Buffer.from([goaway, 0, 0, 0, 0, 0])))
  await tape.closed()
})
