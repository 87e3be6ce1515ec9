import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Http2Listener } from '../../../src/observe/http2/half.ts'
import { Http2Halves } from '../../../src/observe/http2/halves.ts'
import { frameBytes, preface } from '../../wire/http2/frame-bytes.ts'

/** Both halves, and the codes of what was wrong in each direction. */
function listening(): { readonly halves: Http2Halves; readonly faults: readonly string[] } {
  const faults: string[] = []
  const nothing = (): void => {}
  const halves: Http2Halves = new Http2Halves(direction => {
    const listener: Http2Listener = {
      ...{ headers: nothing, promise: nothing, data: nothing, dropped: nothing, dataEnds: nothing, reset: nothing },
      goaway: nothing,
      setting: (id, value) => halves.obey(direction, id, value),
      fault: (_stream, { code }) => faults.push(`${direction} ${code}`),
    }
    return listener
  })
  return { halves, faults }
}

const maxFrameSize = Buffer.from([0, 5, 0, 0, 0x80, 0]) // 32,768 bytes
const large = frameBytes(0xfe, 0, 0, Buffer.alloc(20_000))

test('a direction may say as much in a frame as the other side has allowed', () => {
  const { halves, faults } = listening()
  halves.toServer.push(0, Buffer.concat([preface, frameBytes(4, 0, 0, maxFrameSize)]))
  halves.toClient.push(0, Buffer.concat([frameBytes(4, 0, 0), large]))
  assert.deepEqual(faults, [])
  halves.toServer.push(0, large)
  assert.deepEqual(faults, ['to-server http2/frame-too-large'])
})

test('where a side’s settings may be among bytes that nobody kept, the other may say what it likes', () => {
  const { halves, faults } = listening()
  halves.toServer.push(0, preface)
  halves.gap('to-server', 0, 100)
  halves.toClient.push(0, Buffer.concat([frameBytes(4, 0, 0), large]))
  assert.deepEqual(faults, ['to-server http2/gap'])
})

test('it stands between exchanges or frames only where neither direction is in the midst of one', () => {
  const { halves } = listening()
  assert.equal(halves.pause(0), 'none')
  halves.toServer.push(0, Buffer.concat([preface, frameBytes(4, 0, 0)]))
  assert.deepEqual([halves.pause(0), halves.pause(2)], ['exchanges', 'frames'])
  halves.toClient.push(0, frameBytes(4, 0, 0).subarray(0, 5))
  assert.equal(halves.pause(0), 'none')
})
