import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ContentTap } from '../../../src/proxy/socket/content-tap.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, readAll, socketPair } from '../socket-pair.ts'

async function tapped(t: TestContext, leg: 'client' | 'upstream' = 'client') {
  const pair = await socketPair()
  const tape = new MemoryTape()
  const tap = new ContentTap({ socket: pair.near, tape, connection: 4, leg })
  tap.on('error', () => {})
  t.after(() => {
    tap.destroy()
    pair.close()
  })
  return { ...pair, tape, tap }
}

test('both directions are content on the tape, and counted', async t => {
  for (const leg of ['client', 'upstream'] as const) {
    const { tap, far, tape } = await tapped(t, leg)
    const all = readAll(tap)
    far.end('to us')
    assert.equal(String(await all), 'to us')
    const sent = readAll(far)
    tap.end('from us')
    assert.equal(String(await sent), 'from us')
    const [inward, outward] =
      leg === 'client' ? (['to-server', 'to-client'] as const) : (['to-client', 'to-server'] as const)
    assert.equal(tape.contentText(leg, inward), 'to us')
    assert.equal(tape.contentText(leg, outward), 'from us')
    assert.deepEqual([tap.received, tap.sent, tape.wires.length], [5, 7, 0])
  }
})

test('what sniffs as below TLS is wire bytes at their positions', async t => {
  const { tap, far, tape } = await tapped(t)
  const firsts: string[] = []
  tap.sniff(first => {
    firsts.push(String(first))
    return 'below'
  })
  far.write('one')
  await once(tap, 'data')
  const again = once(tap, 'data')
  far.write('two')
  await again
  tap.write('three')
  await once(far, 'data')
  assert.deepEqual(firsts, ['one'], 'decided once')
  assert.equal(tape.contents.length, 0)
  assert.deepEqual(
    tape.wires.map(({ lane, position, bytes }) => [lane, position, String(bytes)]),
    [
      ['client to-server', 0, 'one'],
      ['client to-server', 3, 'two'],
      ['client to-client', 0, 'three'],
    ],
  )
})

test('whoever takes the first bytes has them alone, and the socket', async t => {
  const { tap, far, tape } = await tapped(t)
  const taken: string[] = []
  const first = new Promise<void>(resolve => {
    tap.divert = bytes => {
      taken.push(String(bytes))
      tap.handOver()
      resolve()
      return true
    }
  })
  tap.on('data', () => assert.fail('passed on'))
  far.write('one')
  await first
  assert.deepEqual([taken, tape.contents, tape.wires, tap.received], [['one'], [], [], 0])
})

test('first bytes that tell nothing yet wait for the tape, and not for the reader', async t => {
  for (const [layer, shown] of [
    ['below', [[], [[0, 'ab']]]],
    ['above', [['ab'], []]],
    [undefined, [['ab'], []]],
  ] as const) {
    const { tap, far, tape } = await tapped(t)
    tap.sniff(first => (first.length > 1 ? layer : undefined))
    for (const part of ['a', 'b']) {
      const data = once(tap, 'data')
      far.write(part)
      assert.equal(String(await data), part)
      if (part === 'a') assert.deepEqual([tape.contents, tape.wires], [[], []])
    }
    const ended = once(tap, 'end')
    far.end()
    await ended
    const contents = tape.contents.map(({ bytes }) => String(bytes))
    assert.deepEqual(
      [contents, tape.wires.map(({ position, bytes }) => [position, String(bytes)])],
      shown,
      String(layer),
    )
  }
})

test('a reader that does not read stops the peer', async t => {
  const { tap, near, far } = await tapped(t)
  far.write(Buffer.alloc(8 << 20))
  tap.read(0)
  await once(near, 'pause')
  assert.ok(tap.received < 8 << 20)
  assert.ok(tap.readableLength > 0)
})

test('a handed-over socket is free: the tap hears nothing more of it and gives back what it held', async t => {
  const { tap, near, far } = await tapped(t)
  tap.read(0)
  far.write('unread')
  await once(near, 'data')
  assert.equal(String(tap.handOver()), 'unread')
  assert.equal(tap.handedOver, true)
  const data = once(near, 'data')
  near.resume()
  far.write('later')
  assert.equal(String(await data), 'later')
  assert.equal(tap.received, 6)
  far.resetAndDestroy()
  await once(near, 'close')
  assert.equal(tap.destroyed, false)
})

test('who closed first, and how, is remembered', async t => {
  const fin = await tapped(t)
  fin.tap.resume()
  fin.far.end()
  await once(fin.tap, 'end')
  fin.tap.end()
  assert.deepEqual([fin.tap.closedBy?.by, fin.tap.closedBy?.how], ['client', 'fin'])

  const reset = await tapped(t, 'upstream')
  reset.tap.resume()
  reset.far.resetAndDestroy()
  await once(reset.tap, 'close')
  assert.deepEqual([reset.tap.closedBy?.by, reset.tap.closedBy?.how], ['server', 'reset'])

  const own = await tapped(t)
  own.tap.destroySoon()
  await once(own.tap, 'close')
  assert.deepEqual([own.tap.closedBy?.by, own.tap.closedBy?.how], ['parley', 'fin'])
  assert.equal(own.near.destroyed, true)
})

test('half-close: it still writes after the peer has ended', async t => {
  const { tap, far } = await tapped(t)
  tap.resume()
  far.end()
  await once(tap, 'end')
  const all = readAll(far)
  tap.end('still here')
  assert.equal(String(await all), 'still here')
})

test('an HTTP engine finds the methods of a socket on it', async t => {
  const { tap, near } = await tapped(t)
  assert.equal(tap.remotePort, near.remotePort)
  assert.equal(tap.remoteAddress, near.remoteAddress)
  assert.equal(tap.localPort, near.localPort)
  for (const same of [tap.setTimeout(), tap.setNoDelay(), tap.setKeepAlive(), tap.ref(), tap.unref()])
    assert.equal(same, tap)
})

test('what was said last arrives, though the client still speaks', async t => {
  const { near, far, close } = await socketPair()
  t.after(close)
  const tap = new ContentTap({ socket: near, tape: new MemoryTape(), connection: 1, leg: 'client' })
  const errors: Error[] = []
  far.on('error', error => errors.push(error)).write(Buffer.alloc(1_000_000))
  await once(tap, 'readable') // and nobody reads
  tap.write('last')
  tap.destroySoon()
  const heard = await readAll(far)
  far.end()
  await once(tap, 'close')
  assert.deepEqual([String(heard), errors, tap.received], ['last', [], 1_000_000])
})
