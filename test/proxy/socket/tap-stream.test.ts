import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { streamOver } from '../../../src/proxy/socket/tap-stream.ts'
import type { WireTap } from '../../../src/proxy/socket/wire-tap.ts'

/** A tap that keeps what it is told; `full` has its writer wait. */
class FakeTap extends EventEmitter {
  readonly said: string[] = []
  destroyed = false
  full = false
  drained: (() => void) | undefined
  write(bytes: Buffer): boolean {
    this.said.push(bytes.toString())
    return !this.full
  }
  onceDrained(listener: () => void): void {
    this.drained = listener
  }
  resume = (): void => void this.said.push('resume')
  pause = (): void => void this.said.push('pause')
  end = (): void => void this.said.push('end')
  destroy(): void {
    this.destroyed = true
    this.said.push('destroy')
  }
}

const over = (tap: FakeTap) => streamOver(tap as unknown as WireTap)

test('bytes pass both ways, and ends do', async () => {
  const tap = new FakeTap()
  const stream = over(tap)
  const heard: string[] = []
  stream.on('data', bytes => heard.push(String(bytes)))
  await new Promise(setImmediate)
  tap.emit('data', Buffer.from('in'))
  tap.emit('end')
  await once(stream, 'end')
  stream.end('out')
  await once(stream, 'finish')
  assert.deepEqual(heard, ['in'])
  assert.deepEqual(
    tap.said.filter(each => each !== 'resume'),
    ['out', 'end', 'destroy'].slice(0, tap.said.includes('destroy') ? 3 : 2),
  )
})

test('who writes waits for the tap, and the tap for who reads', async () => {
  const tap = new FakeTap()
  tap.full = true
  const stream = over(tap)
  let done = false
  stream.write('much', () => {
    done = true
  })
  await new Promise(setImmediate)
  assert.equal(done, false)
  tap.drained?.()
  await new Promise(setImmediate)
  assert.equal(done, true)
  tap.emit('data', Buffer.alloc(200_000))
  assert.ok(tap.said.includes('pause'))
})

test('they end together', async () => {
  const first = new FakeTap()
  const stream = over(first)
  stream.destroy()
  await once(stream, 'close')
  assert.equal(first.destroyed, true)
  const second = new FakeTap()
  const other = over(second)
  second.emit('close')
  await once(other, 'close')
  assert.equal(other.destroyed, true)
})
