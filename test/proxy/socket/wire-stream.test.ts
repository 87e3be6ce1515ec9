import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { WireStream } from '../../../src/proxy/socket/wire-stream.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, readAll, socketPair } from '../socket-pair.ts'

async function streamed(t: TestContext) {
  const pair = await socketPair()
  t.after(() => pair.close())
  const tap = new JsTap({ socket: pair.near, tape: new MemoryTape(), connection: 1, leg: 'client' })
  return { far: pair.far, tap, make: () => new WireStream(tap).on('error', () => {}) }
}

test('what was put back comes first, then what follows, then the end', async t => {
  const { far, tap, make } = await streamed(t)
  tap.unshift(Buffer.from('one '))
  const stream = make()
  far.end('two')
  assert.equal(String(await readAll(stream)), 'one two')
})

test('much goes out whole before it closes, though its peer is slow to read', async t => {
  const { far, make } = await streamed(t)
  const stream = make()
  const much = Buffer.alloc(5_000_000, 'x')
  stream.resume()
  stream.end(much)
  await new Promise(resolve => setTimeout(resolve, 50))
  const heard = readAll(far)
  far.end()
  assert.equal((await heard).length, much.length)
})

test('what nobody reads waits with its sender', async t => {
  const { far, tap, make } = await streamed(t)
  const stream = make()
  let gone = 0
  const write = (): void => {
    while (gone < 50 && far.write(Buffer.alloc(1_000_000))) gone++
  }
  far.on('drain', write)
  stream.read(0)
  write()
  await new Promise(resolve => setTimeout(resolve, 100))
  assert.ok(gone < 50 && stream.readableLength < 1_000_000, `${gone} MB went`)
  assert.ok(tap.bytes.toServer < 10_000_000)
})

test('a peer that resets ends it, and one that is ended with an error is let go', async t => {
  const one = await streamed(t)
  const stream = one.make()
  stream.resume()
  const closed = once(stream, 'close')
  one.far.resetAndDestroy()
  await closed
  const other = await streamed(t)
  const gone = once(other.far.resume(), 'end')
  other.make().destroy()
  await gone
})
