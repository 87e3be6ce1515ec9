import assert from 'node:assert/strict'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { ConnectionEvent } from '../../../src/model/connection-event.ts'
import { DialError, type DialOptions } from '../../../src/proxy/dial/dial.ts'
import { type OtherProxy, readOtherProxy, type Way } from '../../../src/proxy/dial/other-proxy.ts'
import { type Reached, reach } from '../../../src/proxy/dial/reach.ts'
import { inTime } from '../../in-time.ts'
import { identityFor, share } from '../running.ts'
import { httpProxy, scriptedProxy } from './other-proxies.ts'

const none: DialOptions = { hosts: new Map(), timeout: 5000, tell: () => {}, forbidden: () => false }
const target = { host: 'only-there.example', port: 443 }

const proxyOf = (text: string): OtherProxy => readOtherProxy(text) ?? assert.fail(text)
const byWays = (ways: readonly (string | Way)[], options: Partial<DialOptions> = {}, to = target): Promise<Reached> => {
  const all = ways.map(way => (typeof way === 'string' && way !== 'direct' ? proxyOf(way) : (way as Way)))
  return reach(to, { verify: true, waysTo: async () => all }, { ...none, ...options })
}

async function problemOf(way: string, options: Partial<DialOptions> = {}, to = target) {
  const error = await inTime(
    'the way is closed',
    byWays([way], options, to).then(
      () => undefined,
      (e: Error) => e,
    ),
  )
  assert.ok(error instanceof DialError, String(error))
  assert.doesNotMatch(error.problem.message, /secret/)
  return error.problem
}

/** Greets, and says back what it hears. */
async function greeter(t: TestContext): Promise<number> {
  const server = net.createServer(socket => {
    socket.on('error', () => {}).write('hello ')
    socket.pipe(socket)
    t.after(() => socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

/** What comes until the greeter has said what was said to it. */
async function talk({ socket }: Reached): Promise<string> {
  let said = ''
  const whole = new Promise<void>(resolve => {
    socket.on('data', chunk => {
      said += chunk
      if (said.endsWith('you')) resolve()
    })
  })
  socket.write('you')
  socket.resume()
  await inTime('the server answers', whole).finally(() => socket.destroy())
  return said
}

const granted5 = Buffer.from('05000001000000000000', 'hex')
const credentials = `Basic ${Buffer.from('me:se:cret').toString('base64')}`

test('an HTTP proxy is asked for a tunnel, with user and password; what the server says at once is not lost', async t => {
  const proxy = await httpProxy(t, await greeter(t))
  const told: ConnectionEvent[] = []
  const reached = await byWays([`http://me:se%3Acret@127.0.0.1:${proxy.port}`], {
    tell: event => void told.push(event),
  })
  assert.equal(await talk(reached), 'hello you')
  assert.deepEqual(proxy.asked, [`CONNECT only-there.example:443 ${credentials}`])
  assert.deepEqual(
    told.map(({ type }) => type),
    ['looked-up', 'routed', 'dialled', 'connected', 'tunnelled'],
  )
  assert.deepEqual(told[1], { type: 'routed', via: { scheme: 'http', host: '127.0.0.1', port: proxy.port } })
  assert.equal(reached.address, undefined)
})

test('an HTTPS proxy is spoken to in TLS, and its certificate is verified', async t => {
  await share()
  const server = https.createServer(await identityFor('localhost'))
  const proxy = await httpProxy(t, await greeter(t), undefined, server as never)
  assert.equal(await talk(await byWays([`https://localhost:${proxy.port}`])), 'hello you')
  const wrong = await problemOf(`https://127.0.0.1:${proxy.port}`)
  assert.deepEqual([wrong.code, wrong.blame], ['upstream-proxy/tls-failed', 'other-proxy'])
})

test('SOCKS5 looks the name up where its URL says so, and here where not', async t => {
  const to = await greeter(t)
  const proxy = await scriptedProxy(t, [Buffer.from([5, 0]), granted5], to)
  assert.equal(await talk(await byWays([`socks5h://127.0.0.1:${proxy.port}`])), 'hello you')
  const name = Buffer.from(target.host).toString('hex')
  assert.deepEqual(proxy.asked, ['050100', `0501000312${name}01bb`])
  const here = await scriptedProxy(t, [Buffer.from([5, 0]), granted5], to)
  const hosts = new Map([[target.host, '2001:db8::1']])
  assert.equal(await talk(await byWays([`socks5://127.0.0.1:${here.port}`], { hosts })), 'hello you')
  assert.equal(here.asked[1], '0501000420010db800000000000000000000000101bb')
})

test('SOCKS5 gets user and password where it wants them', async t => {
  const proxy = await scriptedProxy(t, [Buffer.from([5, 2]), Buffer.from([1, 0]), granted5], await greeter(t))
  assert.equal(await talk(await byWays([`socks5h://me:secret@127.0.0.1:${proxy.port}`])), 'hello you')
  assert.deepEqual(proxy.asked.slice(0, 2), ['05020002', '01026d6506736563726574'])
})

test('SOCKS4 gets an address, SOCKS4A a name', async t => {
  const granted = Buffer.from('005a000000000000', 'hex')
  const proxy = await scriptedProxy(t, [granted], await greeter(t))
  assert.equal(await talk(await byWays([`socks4a://me@127.0.0.1:${proxy.port}`])), 'hello you')
  const name = Buffer.from(target.host).toString('hex')
  assert.deepEqual(proxy.asked, [`040101bb000000016d6500${name}00`])
  const plain = await scriptedProxy(t, [granted], await greeter(t))
  const hosts = new Map([[target.host, '192.0.2.7']])
  assert.equal(await talk(await byWays([`socks4://127.0.0.1:${plain.port}`], { hosts })), 'hello you')
  assert.deepEqual(plain.asked, ['040101bbc000020700'])
  assert.match((await problemOf(`socks4://127.0.0.1:${plain.port}`, {}, { host: '::1', port: 1 })).message, /IPv6/)
})

const answers = [
  ['407 Proxy Authentication Required', 'upstream-proxy/credentials'],
  ['403 Forbidden', 'upstream-proxy/refused'],
  ['502 Bad Gateway', 'upstream-proxy/no-server'],
  ['504 Gateway Timeout', 'upstream-proxy/no-server'],
] as const
for (const [answer, code] of answers)
  test(`${answer} to CONNECT is ${code}`, async t => {
    const problem = await problemOf(`http://me:secret@127.0.0.1:${(await httpProxy(t, 1, answer)).port}`)
    assert.deepEqual([problem.code, problem.blame], [code, 'other-proxy'])
    assert.ok(problem.message.includes(answer), problem.message)
  })

const replies = [
  [[[5, 255]], 'upstream-proxy/credentials'],
  [[[5, 7]], 'upstream-proxy/unreadable'],
  [
    [
      [5, 2],
      [1, 1],
    ],
    'upstream-proxy/credentials',
  ],
  [
    [
      [5, 0],
      [5, 2, 0, 1, 0, 0, 0, 0, 0, 0],
    ],
    'upstream-proxy/refused',
  ],
  [
    [
      [5, 0],
      [5, 5, 0, 1, 0, 0, 0, 0, 0, 0],
    ],
    'upstream-proxy/no-server',
  ],
  [
    [
      [5, 0],
      [5, 4],
    ],
    'upstream-proxy/no-server',
  ],
  [
    [
      [5, 0],
      [5, 99, 0, 1, 0, 0, 0, 0, 0, 0],
    ],
    'upstream-proxy/unreadable',
  ],
  [
    [
      [5, 0],
      [5, 0, 0, 9, 0, 0],
    ],
    'upstream-proxy/unreadable',
  ],
  [[[72, 84, 84, 80]], 'upstream-proxy/unreadable'],
] as const
for (const [said, code] of replies)
  test(`SOCKS5 that says ${JSON.stringify(said)} is ${code}`, async t => {
    const proxy = await scriptedProxy(
      t,
      said.map(bytes => Buffer.from(bytes)),
    )
    const problem = await problemOf(`socks5h://me:secret@127.0.0.1:${proxy.port}`)
    assert.deepEqual([problem.code, problem.blame], [code, 'other-proxy'])
  })

for (const [reply, code] of [
  [91, 'upstream-proxy/no-server'],
  [93, 'upstream-proxy/credentials'],
  [7, 'upstream-proxy/unreadable'],
] as const)
  test(`SOCKS4 that says ${reply} is ${code}`, async t => {
    const proxy = await scriptedProxy(t, [Buffer.from([0, reply, 0, 0, 0, 0, 0, 0])])
    assert.equal((await problemOf(`socks4a://127.0.0.1:${proxy.port}`)).code, code)
  })

test('one that hangs up, keeps silent or speaks no HTTP is told from one that refuses', async t => {
  const gone = await scriptedProxy(t, ['end'])
  assert.equal((await problemOf(`http://127.0.0.1:${gone.port}`)).code, 'upstream-proxy/no-answer')
  const silent = await scriptedProxy(t, [])
  assert.match((await problemOf(`socks5h://127.0.0.1:${silent.port}`, { timeout: 200 })).message, /not in 0.2 s/)
  const other = await scriptedProxy(t, [Buffer.from('220 mail.example ESMTP\r\n')])
  assert.equal((await problemOf(`http://127.0.0.1:${other.port}`)).code, 'upstream-proxy/unreadable')
  const endless = await scriptedProxy(t, [Buffer.from(`HTTP/1.1 200 OK\r\nA: ${'a'.repeat(70_000)}`)])
  assert.match((await problemOf(`http://127.0.0.1:${endless.port}`)).message, /more than 65536 bytes/)
})

test('a proxy that cannot be reached gives way to the next; one that refuses does not', async t => {
  const closed = 'http://127.0.0.1:9'
  const proxy = await httpProxy(t, await greeter(t))
  assert.equal(await talk(await byWays([closed, `http://127.0.0.1:${proxy.port}`])), 'hello you')
  const alone = await problemOf(closed)
  assert.deepEqual([alone.code, alone.blame], ['upstream-proxy/unreachable', 'other-proxy'])
  const strict = await httpProxy(t, 1, '403 Forbidden')
  const refused = await byWays([`http://127.0.0.1:${strict.port}`, 'direct']).then(
    () => undefined,
    (error: DialError) => error.problem,
  )
  assert.equal(refused?.code, 'upstream-proxy/refused')
})

test('an HTTP proxy is asked for what is in clear itself; with a given address, through a tunnel', async t => {
  const proxy = await httpProxy(t, await greeter(t))
  const [way, to] = [`http://me:secret@127.0.0.1:${proxy.port}`, { host: 'a.example', port: 8080 }]
  const { askedProxy, socket } = await byWays([way], { clear: true }, to)
  socket.destroy()
  assert.equal(
    askedProxy?.headFor('GET /x?y HTTP/1.1\r\nHost: a.example:8080\r\n\r\n'),
    `GET http://a.example:8080/x?y HTTP/1.1\r\nProxy-Authorization: Basic ${btoa('me:secret')}\r\nHost: a.example:8080\r\n\r\n`,
  )
  assert.equal(askedProxy?.headFor('OPTIONS * HTTP/1.1\r\n\r\n').split(' ')[1], 'http://a.example:8080')
  const given = await byWays([way], { clear: true, hosts: new Map([['a.example', '192.0.2.1']]) }, to)
  assert.equal(given.askedProxy, undefined)
  assert.equal(await talk(given), 'hello you')
  assert.match(proxy.asked[0] ?? '', /^CONNECT 192\.0\.2\.1:8080 /)
})

test('a proxy that is Parley itself is not asked', async () => {
  const problem = await problemOf('http://127.0.0.1:8080', { forbidden: (_, port) => port === 8080 })
  assert.match(problem.message, /Parley itself/)
})
