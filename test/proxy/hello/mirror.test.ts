import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls from 'node:tls'
import { isSupported } from 'tls-impersonate'
import { Mirror } from '../../../src/proxy/hello/mirror.ts'
import { seeHello } from '../../../src/proxy/hello/seen-hello.ts'
import type { TlsVersion } from '../../../src/proxy/hello/versions.ts'
import { readClientHello } from '../../../src/wire/tls/messages/client-hello.ts'
import { helloMessage, serverNameBody, usualExtensions, versionsBody } from '../hello-bytes.ts'
import { once } from '../socket-pair.ts'

const supported = { skip: isSupported() ? false : 'tls-impersonate does not support this Node' }

test('without a hello, the context is Node’s own, always the same, and no gaps are named', async () => {
  const mirror = new Mirror(true)
  const own = await mirror.contextFor(undefined)
  assert.equal('gaps' in own, false)
  assert.equal(await mirror.contextFor(undefined), own)
})

test('a mirror that is off never mirrors', async () => {
  const mirror = new Mirror(false)
  assert.equal('gaps' in (await mirror.contextFor(seeHello(helloMessage()))), false)
})

test('hellos of one shape share a context', supported, async () => {
  const mirror = new Mirror(true)
  const first = await mirror.contextFor(seeHello(helloMessage()))
  assert.ok(first.gaps)
  const [, ...rest] = usualExtensions
  const again = helloMessage({ random: 99, sessionId: 3, extensions: [[0, serverNameBody('b.example')], ...rest] })
  assert.equal(await mirror.contextFor(seeHello(again)), first)
})

test('hellos of two shapes do not share a context', supported, async () => {
  const mirror = new Mirror(true)
  const first = await mirror.contextFor(seeHello(helloMessage()))
  assert.notEqual(await mirror.contextFor(seeHello(helloMessage({ suites: [0x1302, 0x1301, 0xc02b] }))), first)
})

test('a hello that cannot be read goes upstream as Node’s own', async () => {
  const mirror = new Mirror(true)
  const own = await mirror.contextFor(undefined)
  assert.equal(await mirror.contextFor(seeHello(Buffer.from([1, 0, 0, 2, 3, 3]))), own)
  const whole = helloMessage()
  assert.equal(await mirror.contextFor(seeHello(whole.subarray(0, 60))), own)
})

test('the shape that was used longest ago is forgotten first', supported, async () => {
  const mirror = new Mirror(true)
  const shape = (n: number): Buffer =>
    helloMessage({ extensions: [...usualExtensions, [0x5000 + n, Buffer.alloc(0)] as const] })
  const used = await mirror.contextFor(seeHello(shape(0)))
  const idle = await mirror.contextFor(seeHello(shape(1)))
  for (let n = 2; n < 256; n++) await mirror.contextFor(seeHello(shape(n)))
  assert.equal(await mirror.contextFor(seeHello(shape(0))), used)
  await mirror.contextFor(seeHello(shape(256))) // one more than fit
  assert.equal(await mirror.contextFor(seeHello(shape(0))), used)
  assert.notEqual(await mirror.contextFor(seeHello(shape(1))), idle)
})

/** The versions that a mirrored hello offers. */
async function offered(hello: Buffer, minVersion?: TlsVersion): Promise<readonly number[] | undefined> {
  const { secureContext } = await new Mirror(true, minVersion).contextFor(seeHello(hello))
  const [ours, theirs] = duplexPair()
  const socket = tls.connect({ socket: ours, secureContext }).on('error', () => {})
  const sent = (await once(theirs, 'data')) as Buffer
  socket.destroy()
  return readClientHello(sent.subarray(5)).supportedVersions
}

const only13 = usualExtensions.map(([type, body]) => [type, type === 43 ? versionsBody(0x0304) : body] as const)
const oldBaggage = [...only13, [23, Buffer.alloc(0)], [0xff01, Buffer.from([0])]] as const
const signal = [0x1301, 0x1302, 0xc02b, 0x00ff]

for (const [title, hello] of [
  ['', helloMessage({ extensions: only13 })],
  [' and sends the signal of RFC 5746', helloMessage({ extensions: only13, suites: signal })],
  [' and extensions of older versions', helloMessage({ extensions: oldBaggage })],
] as const)
  test(`a client that offers TLS 1.3 alone${title} is not made to offer more`, supported, async () => {
    assert.deepEqual(await offered(hello), [0x0304])
  })

test('no version below the oldest that is let in is offered', supported, async () => {
  assert.deepEqual(await offered(helloMessage({ suites: signal }), 'TLSv1.3'), [0x0304])
  assert.deepEqual(await offered(helloMessage(), 'TLSv1.3'), [0x0304])
  assert.deepEqual(await offered(helloMessage({ suites: signal })), [0x0304, 0x0303])
})
