import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Mirror } from '../../../src/proxy/hello/mirror.ts'
import { seeHello } from '../../../src/proxy/hello/seen-hello.ts'
import { helloMessage, serverNameBody, usualExtensions } from '../hello-bytes.ts'

test('without a hello, the context is Node’s own, always the same, and no gaps are named', async () => {
  const mirror = new Mirror(true)
  const own = mirror.contextFor(undefined)
  assert.equal('gaps' in own, false)
  assert.equal(mirror.contextFor(undefined), own)
})

test('a mirror that is off never mirrors', async () => {
  const mirror = new Mirror(false)
  assert.equal('gaps' in mirror.contextFor(seeHello(helloMessage())), false)
})

test('hellos of one shape share a context', async () => {
  const mirror = new Mirror(true)
  const first = mirror.contextFor(seeHello(helloMessage()))
  assert.ok(first.gaps)
  const [, ...rest] = usualExtensions
  const again = helloMessage({ random: 99, sessionId: 3, extensions: [[0, serverNameBody('b.example')], ...rest] })
  assert.equal(mirror.contextFor(seeHello(again)), first)
})

test('hellos of two shapes do not share a context', async () => {
  const mirror = new Mirror(true)
  const first = mirror.contextFor(seeHello(helloMessage()))
  assert.notEqual(mirror.contextFor(seeHello(helloMessage({ suites: [0x1302, 0x1301, 0xc02b] }))), first)
})

test('a hello that cannot be read goes upstream as Node’s own', async () => {
  const mirror = new Mirror(true)
  const own = mirror.contextFor(undefined)
  assert.equal(mirror.contextFor(seeHello(Buffer.from([1, 0, 0, 2, 3, 3]))), own)
  const whole = helloMessage()
  assert.equal(mirror.contextFor(seeHello(whole.subarray(0, 60))), own)
})

test('the shape that was used longest ago is forgotten first', async () => {
  const mirror = new Mirror(true)
  const shape = (n: number): Buffer =>
    helloMessage({ extensions: [...usualExtensions, [0x5000 + n, Buffer.alloc(0)] as const] })
  const used = mirror.contextFor(seeHello(shape(0)))
  const idle = mirror.contextFor(seeHello(shape(1)))
  for (let n = 2; n < 256; n++) mirror.contextFor(seeHello(shape(n)))
  assert.equal(mirror.contextFor(seeHello(shape(0))), used)
  mirror.contextFor(seeHello(shape(256))) // one more than fit
  assert.equal(mirror.contextFor(seeHello(shape(0))), used)
  assert.notEqual(mirror.contextFor(seeHello(shape(1))), idle)
})
