import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import tls from 'node:tls'
import type { Listener } from '../../../src/proxy/listener.ts'
import { identityFor, rawOrigin, startProxy, toProxy } from '../running.ts'
import { sayBytes } from '../say.ts'
import { once } from '../socket-pair.ts'

const bytes = (...parts: readonly (number | string | readonly number[])[]): Buffer =>
  Buffer.concat(
    parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part].flat()))),
  )
const portBytes = (port: number): readonly number[] => [port >> 8, port & 255]
const login = (user: string, password: string): Buffer => bytes(1, user.length, user, password.length, password)
const host = 'origin.localhost'

/** Says each part when the answer to the one before has come; gives the answers. */
async function converse(t: TestContext, proxy: Listener, parts: readonly Buffer[]) {
  const socket = await toProxy(t, proxy)
  const answers: Buffer[] = []
  for (const part of parts) {
    const answer = once(socket, 'data')
    socket.write(part)
    answers.push((await answer) as Buffer)
  }
  return { socket, answers: answers.map(answer => [...answer]) }
}

const secureOrigin = async (t: TestContext) =>
  rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.end('pong') })

const named = (port: number): Buffer => bytes([5, 1, 0, 3, host.length], host, portBytes(port))
const granted5 = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]

const openings = {
  socks4: (port: number) => [bytes([4, 1], portBytes(port), [127, 0, 0, 1], 'me\0')],
  socks4a: (port: number) => [bytes([4, 1], portBytes(port), [0, 0, 0, 1], `me\0${host}\0`)],
  socks5: (port: number) => [bytes([5, 2, 0, 1]), named(port)],
}
for (const [entrance, opening] of Object.entries(openings))
  test(`TLS inside ${entrance} is opened as in any tunnel, and the request before it kept as it came`, async t => {
    const origin = await secureOrigin(t)
    const { proxy, tape, ca } = await startProxy(t)
    const parts = opening(origin.port)
    const { socket, answers } = await converse(t, proxy, parts)
    assert.deepEqual(answers.at(-1), entrance === 'socks5' ? granted5 : [0, 90, 0, 0, 0, 0, 0, 0])
    const client = tls.connect({ socket, servername: host, ca })
    client.write('ping')
    assert.equal(String(await once(client, 'data')), 'pong')
    client.end()
    await tape.closed()
    assert.deepEqual([origin.received().toString(), tape.codes()], ['ping', []])
    const [targeted] = tape.told('targeted')
    const wanted = entrance === 'socks4' ? '127.0.0.1' : host
    assert.deepEqual(targeted, { type: 'targeted', entrance, target: { host: wanted, port: origin.port } })
    const said = Buffer.concat(parts)
    const kept = tape.wires.filter(({ lane }) => lane === 'client to-server').map(each => each.bytes)
    assert.deepEqual(Buffer.concat(kept).subarray(0, said.length), said)
    const [started] = tape.told('tls-started')
    assert.deepEqual([started?.toServer, started?.toClient], [said.length, answers.flat().length])
  })

test('the right login opens, and nothing on the tape holds it; the wrong one does not', async t => {
  const credentials = { access: { allow: [], credentials: 'anna:s3cr3t:x', localTargets: false } }
  const { proxy, tape } = await startProxy(t, credentials)
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end('pong') })
  const right = await converse(t, proxy, [
    bytes([5, 2, 0, 2]),
    login('anna', 's3cr3t:x'),
    named(origin.port),
    bytes('ping'),
  ])
  assert.deepEqual(right.answers, [[5, 2], [1, 0], granted5, [...Buffer.from('pong')]])
  const wrong = await converse(t, proxy, [bytes([5, 1, 2]), login('anna', 's3cr3')])
  assert.deepEqual(wrong.answers, [
    [5, 2],
    [1, 1],
  ])
  assert.deepEqual([...(await sayBytes(t, proxy, bytes([5, 1, 0])))], [5, 255])
  assert.deepEqual([...(await sayBytes(t, proxy, openings.socks4(origin.port)[0]!))], [0, 91, 0, 0, 0, 0, 0, 0])
  await tape.closed(3)
  assert.deepEqual(tape.codes(), ['proxy/credentials', 'proxy/credentials', 'proxy/credentials'])
  const taped = Buffer.concat([...tape.wires, ...tape.contents].map(part => part.bytes)).toString('latin1')
  assert.ok(!/anna|s3cr/.test(taped) && taped.includes('\x01\x04****\x08********'))
})

test('a client that insists on a login gets any one accepted where none is asked for', async t => {
  const { proxy } = await startProxy(t)
  const { answers } = await converse(t, proxy, [bytes([5, 1, 2]), login('x', 'y'), named(1)])
  assert.deepEqual(answers, [[5, 2], [1, 0], granted5])
})

const refusals: readonly (readonly [string, (port: number) => readonly Buffer[], readonly number[], string, RegExp])[] =
  [
    ['BIND', () => [bytes([5, 1, 0]), bytes([5, 2, 0, 1, 192, 0, 2, 1, 0, 80])], [5, 7], 'proxy/socks-command', /BIND/],
    ['UDP', () => [bytes([5, 1, 0]), bytes([5, 3, 0, 1, 0, 0, 0, 0, 0, 0])], [5, 7], 'proxy/socks-command', /UDP/],
    ['BIND of SOCKS4', () => [bytes([4, 2, 0, 80, 192, 0, 2, 1, 0])], [0, 91], 'proxy/socks-command', /BIND/],
    [
      'an unknown type of address',
      () => [bytes([5, 1, 0]), bytes([5, 1, 0, 9, 0, 0])],
      [5, 8],
      'proxy/bad-socks',
      /type 9/,
    ],
    [
      'a name that is none',
      () => [bytes([5, 1, 0]), bytes([5, 1, 0, 3, 3], 'a b', [0, 80])],
      [5, 8],
      'proxy/bad-socks',
      /a b:80/,
    ],
    ['port 0', () => [bytes([5, 1, 0]), bytes([5, 1, 0, 1, 192, 0, 2, 1, 0, 0])], [5, 8], 'proxy/bad-socks', /:0/],
    ['GSSAPI alone', () => [bytes([5, 1, 1])], [5, 255], 'proxy/bad-socks', /methods 1/],
    [
      'Parley itself',
      port => [bytes([5, 1, 0]), bytes([5, 1, 0, 1, 127, 0, 0, 1], portBytes(port))],
      [5, 2],
      'proxy/loop',
      /loop/,
    ],
  ]
for (const [what, said, reply, code, message] of refusals)
  test(`${what} is refused in the words of SOCKS, and named`, async t => {
    const { proxy, tape } = await startProxy(t)
    const { answers, socket } = await converse(t, proxy, said(proxy.port))
    assert.deepEqual(answers.at(-1)!.slice(0, 2), reply)
    socket.end()
    await tape.closed()
    assert.deepEqual(tape.codes(), [code])
    assert.match(tape.problems()[0]!.message, message)
  })

test('a client that goes in the middle of its request is no problem', async t => {
  const { proxy, tape } = await startProxy(t)
  const client = await toProxy(t, proxy)
  client.end(bytes([5, 2, 0]))
  client.resume()
  await tape.closed()
  assert.deepEqual([tape.codes(), tape.told('leg-closed')[0]?.closed.by], [[], 'client'])
})

test('one that keeps silent in the middle of it is not waited for', async t => {
  const { proxy, tape } = await startProxy(t, { timeouts: { hello: 100, dial: 1000, handshake: 1000 } })
  assert.equal((await sayBytes(t, proxy, bytes([5, 2, 0]))).length, 0)
  await tape.closed()
  assert.deepEqual(tape.codes(), ['proxy/late-head'])
})
