import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, socketPair } from '../socket-pair.ts'

async function tapped(t: TestContext, leg: 'client' | 'upstream' = 'client', before = {}) {
  const pair = await socketPair()
  t.after(() => pair.close())
  const tape = new MemoryTape()
  const tap = new JsTap({ socket: pair.near, tape, connection: 4, leg, ...before })
  tap.on('error', () => {})
  return { ...pair, tape, tap }
}

const data = (tap: JsTap): Promise<Buffer> => once(tap, 'data') as Promise<Buffer>

test('what comes and goes is on the tape by leg and direction, from the given positions on', async t => {
  const { tap, far, tape } = await tapped(t, 'client', { received: 100, sent: 200 })
  const came = data(tap)
  tap.resume()
  far.write('hello')
  assert.equal(String(await came), 'hello')
  tap.write(Buffer.from('answer'))
  assert.equal(String(await once(far, 'data')), 'answer')
  const wires = tape.wires.map(({ lane, position, bytes }) => [lane, position, String(bytes)])
  assert.deepEqual(wires, [
    ['client to-server', 100, 'hello'],
    ['client to-client', 200, 'answer'],
  ])
  assert.deepEqual(tap.bytes, { toServer: 105, toClient: 206 })
})

test('on the upstream leg, what comes goes to the client', async t => {
  const { tap, far, tape } = await tapped(t, 'upstream')
  const came = data(tap)
  tap.resume()
  far.write('abc')
  await came
  assert.equal(tape.wires[0]!.lane, 'upstream to-client')
  assert.deepEqual(tap.bytes, { toServer: 0, toClient: 3 })
})

test('bytes that are put back come again first, in order, and only once on the tape', async t => {
  const { tap, far, tape } = await tapped(t)
  const first = data(tap)
  tap.resume()
  far.write('one')
  const bytes = await first
  tap.pause()
  tap.unshift(Buffer.from('two'))
  tap.unshift(bytes)
  const parts: string[] = []
  tap.on('data', part => parts.push(String(part)))
  far.end('three')
  const ended = once(tap, 'end')
  tap.resume()
  await ended
  assert.equal(parts.join(''), 'onetwothree')
  assert.equal(tape.wires.map(({ bytes }) => String(bytes)).join(''), 'onethree')
})

test('a listener that pauses in the midst of unread bytes gets the rest, and the end, when it resumes', async t => {
  const { tap, far } = await tapped(t)
  tap.unshift(Buffer.from('unread'))
  const heard: string[] = []
  tap.on('end', () => heard.push('end'))
  tap.once('data', () => tap.pause())
  tap.resume()
  far.end('more')
  await once(far, 'finish')
  for (let i = 0; i < 20; i++) await turn()
  assert.deepEqual([heard, tap.isPaused()], [[], true])
  tap.on('data', bytes => heard.push(String(bytes)))
  tap.resume()
  while (heard.length < 2) await turn()
  assert.deepEqual(heard, ['more', 'end'])
  tap.unshift(Buffer.from('late'))
  tap.resume()
  tap.pause()
  await turn()
  assert.equal(heard.length, 2, 'paused before its turn came')
})

test('what was read before is passed over on the tape, and where records begin is known', async t => {
  const record = Buffer.concat([Buffer.from([23, 3, 3, 16, 0]), Buffer.alloc(4096)])
  const { tap, far, tape } = await tapped(t, 'client', { received: 40, unread: record.subarray(0, 30) })
  assert.deepEqual([tap.unread.length, tap.bytes.toServer], [30, 70])
  tap.settle()
  const parts: Buffer[] = []
  tap.on('data', bytes => parts.push(Buffer.from(bytes)))
  tap.resume()
  far.write(Buffer.concat([record.subarray(30), record]))
  while (Buffer.concat(parts).length < 2 * record.length) await turn()
  assert.deepEqual(
    tape.wires.map(({ position, bytes }) => [position, bytes.length]),
    [[70, record.length - 30]],
  )
  assert.equal(tape.headers.length, 1)
})

test('the end of the peer is told to who listens later, and only once', async t => {
  const { tap, far } = await tapped(t)
  const closed = once(tap.socket, 'end')
  tap.resume()
  far.end()
  await closed
  assert.equal(tap.closed?.by, 'client')
  let ends = 0
  tap.on('end', () => ends++)
  tap.resume()
  await turn()
  tap.resume()
  await turn()
  assert.equal(ends, 1)
})

test('who closed first, and how, is remembered', async t => {
  const fin = await tapped(t)
  fin.tap.resume()
  fin.far.end()
  await once(fin.tap.socket, 'end')
  fin.tap.end()
  assert.deepEqual([fin.tap.closed?.by, fin.tap.closed?.how], ['client', 'fin'])

  const reset = await tapped(t, 'upstream')
  reset.tap.resume()
  reset.far.resetAndDestroy()
  await once(reset.tap, 'close')
  assert.deepEqual([reset.tap.closed?.by, reset.tap.closed?.how], ['server', 'reset'])

  const own = await tapped(t)
  own.tap.destroy()
  await once(own.tap, 'close')
  assert.deepEqual([own.tap.closed?.by, own.tap.closed?.how], ['parley', 'fin'])
  assert.equal(own.tap.destroyed, true)
})

test('an error of the socket nobody listens for does not throw', async t => {
  const pair = await socketPair()
  t.after(() => pair.close())
  const tap = new JsTap({ socket: pair.near, tape: new MemoryTape(), connection: 1, leg: 'client' })
  tap.resume()
  pair.far.resetAndDestroy()
  await once(tap, 'close')
  assert.equal(tap.closed?.how, 'reset')
})

test('a tap that is full says so, and says when it drains', async t => {
  const { tap, far } = await tapped(t)
  far.pause()
  const chunk = Buffer.alloc(1 << 20)
  let writes = 0
  while (tap.write(chunk)) if (++writes > 200) assert.fail('never full')
  const drained = once(tap.socket, 'drain')
  far.resume()
  await drained
})

test('a settled tap keeps only headers of long records, an ignoring one nothing', async t => {
  const { tap, tape } = await tapped(t)
  const long = Buffer.concat([Buffer.from([23, 3, 3, 4, 0]), Buffer.alloc(1024)])
  tap.settle()
  for (let i = 0; i < 5; i++) tap.write(long)
  assert.equal(tape.headers.length, 1)
  const kept = tape.wires.length
  tap.ignore()
  tap.write(long)
  assert.deepEqual([tape.wires.length, tape.headers.length, tap.bytes.toClient], [kept, 1, 6 * long.length])
})

test('where TLS is expected after all, what is unread is its beginning', async t => {
  const { tap, far, tape } = await tapped(t)
  tap.ignore()
  tap.pause()
  const chunk = once(tap, 'data')
  tap.resume()
  far.write(Buffer.concat([Buffer.from('clear'), Buffer.from([22, 3, 1])]))
  await chunk
  tap.pause()
  tap.unshift(Buffer.from([22, 3, 1]))
  tap.expectTls()
  tap.write(Buffer.from([22, 3, 3, 0, 0]))
  const kept = tape.wires.map(({ lane, position, bytes }) => [lane.split(' ')[1], position, bytes.length])
  assert.deepEqual(kept.sort(), [
    ['to-client', 0, 5],
    ['to-server', 5, 3],
  ])
})

test('while it holds, what comes waits, and comes whole on resume', async t => {
  const { tap, far } = await tapped(t)
  let left = 0
  tap.hold(() => left++)
  far.write('one')
  await once(tap.socket, 'data')
  far.write('two')
  await once(tap.socket, 'data')
  const parts: string[] = []
  tap.on('data', part => parts.push(String(part)))
  far.end('three')
  const ended = once(tap, 'end')
  tap.resume()
  await ended
  assert.equal(parts.join(''), 'onetwothree')
  assert.equal(left, 0)
})

test('while it holds, it reads no more than a handshake can have to say', async t => {
  const { tap, far } = await tapped(t)
  tap.hold(() => {})
  far.write(Buffer.alloc(1_000_000))
  while (!tap.isPaused()) await turn()
  let length = 0
  tap.on('data', part => {
    length += part.length
  })
  far.end()
  const ended = once(tap, 'end')
  tap.resume()
  await ended
  assert.equal(length, 1_000_000)
})

for (const leave of ['end', 'resetAndDestroy'] as const)
  test(`while it holds, the peer is seen to go (${leave})`, async t => {
    const { tap, far } = await tapped(t)
    const left = new Promise<void>(resolve => tap.hold(resolve))
    far[leave]()
    await left
    assert.deepEqual([tap.closed?.by, tap.closed?.how], ['client', leave === 'end' ? 'fin' : 'reset'])
    const late = new Promise<void>(resolve => tap.hold(resolve))
    await late
  })
