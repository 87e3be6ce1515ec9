import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import tls, { TLSSocket } from 'node:tls'
import { listen } from '../../../../src/peers/origin.ts'
import { UpgradeWatch, upgradableBy } from '../../../../src/proxy/tunnel/starttls/starttls.ts'
import { identityFor, openTunnel, startProxy } from '../../running.ts'
import { once, readAll } from '../../socket-pair.ts'
import { type Conversation, conversations } from './conversations.ts'

const host = 'origin.localhost'

function watchOf(conversation: Conversation): UpgradeWatch {
  const [speaker, first] = conversation[0]!
  return new UpgradeWatch(upgradableBy(speaker, first)!)
}

for (const [name, conversation] of Object.entries(conversations))
  test(`${name}: TLS begins behind the last word in clear, wherever its bytes are cut, and not where it is refused`, () => {
    for (let cut = 0; cut < 40; cut++) {
      const watch = watchOf(conversation)
      for (const [index, [speaker, bytes]] of conversation.entries()) {
        const parts = cut > 0 && cut < bytes.length ? [bytes.subarray(0, cut), bytes.subarray(cut)] : [bytes]
        const last = index === conversation.length - 1
        for (const [at, part] of parts.entries())
          assert.equal(watch.push(speaker, part), last && at === parts.length - 1 ? part.length : undefined, `${cut}`)
      }
    }
    const [speaker, last] = conversation.at(-1)!
    const refused = watchOf(conversation)
    for (const [who, bytes] of conversation.slice(0, -1)) refused.push(who, bytes)
    const noes = {
      smtp: '454 no\r\n',
      pop3: '-ERR\r\n',
      imap: 'a.2 BAD no\r\n',
      postgres: 'N',
      ldap: last.toString('latin1').replace('\x0a\x01\x00', '\x0a\x01\x34'),
    }
    const no = noes[name as keyof typeof noes]
    if (no) assert.equal(refused.push(speaker, Buffer.from(no, 'latin1')), undefined)
  })

test('MySQL’s hello may come with the request', () => {
  const [[, greeting], [, request]] = conversations.mysql as unknown as readonly [
    readonly ['', Buffer],
    readonly ['', Buffer],
  ]
  const watch = watchOf(conversations.mysql!)
  watch.push('to-client', greeting)
  assert.equal(watch.push('to-server', Buffer.concat([request, Buffer.from([22, 3, 1])])), request.length)
})

test('what is no protocol with an upgrade has no watch, and a late one is not seen', () => {
  for (const first of ['GET / HTTP/1.1\r\n\r\n', 'SSH-2.0-x\r\n', '\x30\x05\x02\x01\x01\x42\x00'])
    for (const speaker of ['to-server', 'to-client'] as const)
      assert.equal(upgradableBy(speaker, Buffer.from(first, 'latin1')), undefined)
  const watch = watchOf(conversations.pop3!)
  for (let i = 0; i < 20; i++) watch.push('to-client', Buffer.alloc(4000))
  watch.push('to-server', Buffer.from('STLS\r\n'))
  assert.equal(watch.push('to-client', Buffer.from('+OK\r\n')), undefined)
})

/** A server that has the conversation, then answers in TLS. */
async function serverOf(t: TestContext, conversation: Conversation): Promise<number> {
  const secureContext = tls.createSecureContext(await identityFor(host))
  const talk = async (socket: Socket): Promise<void> => {
    for (const [speaker, bytes] of conversation) {
      if (speaker === 'to-client') socket.write(bytes)
      else
        for (let heard = 0; heard < bytes.length; ) {
          await once(socket, 'readable')
          heard += (socket.read(Math.min(bytes.length - heard, socket.readableLength)) as Buffer | null)?.length ?? 0
        }
    }
    const secured = new TLSSocket(socket, { isServer: true, secureContext })
    secured.on('error', () => {}).once('data', () => secured.end('pong'))
  }
  const { port, close } = await listen(createServer(socket => void talk(socket.on('error', () => {}))))
  t.after(close)
  return port
}

for (const [name, conversation] of Object.entries(conversations))
  test(`${name}: both handshakes are Parley's after the upgrade`, async t => {
    const port = await serverOf(t, conversation)
    const { proxy, tape, ca } = await startProxy(t, { starttls: true })
    const socket = await openTunnel(t, proxy, `${host}:${port}`)
    for (const [speaker, bytes] of conversation) {
      if (speaker === 'to-server') socket.write(bytes)
      else assert.deepEqual(await once(socket, 'data'), bytes)
    }
    const client = tls.connect({ socket, servername: host, ca })
    const answer = readAll(client)
    client.write('ping')
    assert.equal(String(await answer), 'pong')
    client.end()
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
    assert.deepEqual(
      tape.told('secured').map(({ leg }) => leg),
      ['upstream', 'client'],
    )
    const sum = (way: string): number =>
      conversation.filter(([who]) => who === way).reduce((all, [, bytes]) => all + bytes.length, 0)
    const upstream = tape
      .told('tls-started')
      .filter(({ leg }) => leg === 'upstream')
      .at(-1)
    assert.deepEqual([upstream?.toServer, upstream?.toClient], [sum('to-server'), sum('to-client')])
    const said = (way: 'to-server' | 'to-client') => tape.contentText('client', way)
    assert.ok(said('to-server').endsWith('ping') && said('to-client').endsWith('pong'))
    const started = tape
      .told('tls-started')
      .filter(({ leg }) => leg === 'client')
      .at(-1)!
    const hello = tape.wires.find(({ lane, position }) => lane === 'client to-server' && position >= started.toServer)
    assert.deepEqual([hello?.position, hello?.bytes[0]], [started.toServer, 22])
  })

test('without being asked for, what goes on in TLS passes from end to end', async t => {
  const smtp = conversations.smtp!
  const port = await serverOf(t, smtp)
  const { proxy, tape } = await startProxy(t)
  const socket = await openTunnel(t, proxy, `${host}:${port}`)
  for (const [speaker, bytes] of smtp) {
    if (speaker === 'to-server') socket.write(bytes)
    else assert.deepEqual(await once(socket, 'data'), bytes)
  }
  const client = tls.connect({ socket, servername: host, rejectUnauthorized: false })
  const answer = readAll(client)
  client.write('ping')
  assert.equal(String(await answer), 'pong')
  client.end()
  await tape.closed()
  assert.deepEqual([tape.codes(), tape.told('secured')], [[], []])
})
