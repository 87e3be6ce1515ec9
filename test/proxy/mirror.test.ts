import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSupported } from 'tls-impersonate'
import { Mirror } from '../../src/proxy/mirror.ts'
import { helloMessage, serverNameBody, usualExtensions } from './hello-bytes.ts'

const supported = { skip: isSupported() ? false : 'tls-impersonate does not support this Node' }

test('without a hello, the context is Node’s own, always the same, and no gaps are named', async () => {
  const mirror = new Mirror(true)
  const own = await mirror.contextFor(undefined)
  assert.equal('gaps' in own, false)
  assert.equal(await mirror.contextFor(undefined), own)
})

test('a mirror that is off never mirrors', async () => {
  const mirror = new Mirror(false)
  assert.equal('gaps' in (await mirror.contextFor(helloMessage())), false)
})

test('hellos of one shape share a context', supported, async () => {
  const mirror = new Mirror(true)
  const first = await mirror.contextFor(helloMessage())
  assert.ok(first.gaps)
  const [, ...rest] = usualExtensions
  const again = helloMessage({ random: 99, sessionId: 3, extensions: [[0, serverNameBody('b.example')], ...rest] })
  assert.equal(await mirror.contextFor(again), first)
})

test('hellos of two shapes do not share a context', supported, async () => {
  const mirror = new Mirror(true)
  const first = await mirror.contextFor(helloMessage())
  assert.notEqual(await mirror.contextFor(helloMessage({ suites: [0x1302, 0x1301, 0xc02b] })), first)
})

test('a hello that cannot be read goes upstream as Node’s own', async () => {
  const mirror = new Mirror(true)
  const own = await mirror.contextFor(undefined)
  assert.equal(await mirror.contextFor(Buffer.from([1, 0, 0, 2, 3, 3])), own)
  const whole = helloMessage()
  assert.equal(await mirror.contextFor(whole.subarray(0, 60)), own)
})

test('the shape that was used longest ago is forgotten first', supported, async () => {
  const mirror = new Mirror(true)
  const shape = (n: number): Buffer =>
    helloMessage({ extensions: [...usualExtensions, [0x5000 + n, Buffer.alloc(0)] as const] })
  const used = await mirror.contextFor(shape(0))
  const idle = await mirror.contextFor(shape(1))
  for (let n = 2; n < 256; n++) await mirror.contextFor(shape(n))
  assert.equal(await mirror.contextFor(shape(0)), used)
  await mirror.contextFor(shape(256)) // one more than fit
  assert.equal(await mirror.contextFor(shape(0)), used)
  assert.notEqual(await mirror.contextFor(shape(1)), idle)
})
