import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { FramePacker } from '../../src/store/frame-page.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from './samples.ts'

test('frames are found by index and stream, over pages and between other connections', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const packers = [new FramePacker(), new FramePacker()]
    for (let page = 0; page < 4; page++) {
      for (const [id, packer] of packers.entries()) {
        for (const stream of [0, 1, 3])
          packer.add('to-server', page, { type: 0, flags: 0, stream, length: 1 }, undefined)
        writer.frames(id + 1, packer.take()!)
      }
    }
    writer.close()
    const capture = openCapture(path)
    const indexes = (query: Parameters<typeof capture.frames>[1]) => capture.frames(1, query).map(({ index }) => index)
    assert.equal(capture.frameCount(1), 12)
    assert.equal(capture.frameCount(9), 0)
    assert.deepEqual(indexes({ limit: 4 }), [0, 1, 2, 3])
    assert.deepEqual(indexes({ from: 5, limit: 3 }), [5, 6, 7])
    assert.deepEqual(indexes({ from: 11, limit: 3 }), [11])
    assert.deepEqual(indexes({ stream: 3, limit: 9 }), [2, 5, 8, 11])
    assert.deepEqual(indexes({ stream: 3, from: 3, limit: 2 }), [5, 8])
    capture.close()
  }))

test('the frames that say a field block go from the last kept table of its direction to the end of the block', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const packer = new FramePacker()
    const table = Uint8Array.of(0x20)
    const add = (direction: 'to-server' | 'to-client', type: number, flags: number, kept?: Uint8Array): void => {
      packer.add(direction, 0, { type, flags, stream: 1, length: 1 }, Uint8Array.of(0x82), kept)
    }
    for (let page = 0; page < 3; page++) {
      add('to-server', 1, 4, page === 1 ? table : undefined) // 0, 6, 12
      add('to-client', 1, 0) // 1, 7, 13
      add('to-client', 0, 0)
      add('to-server', 8, 0)
      add('to-client', 9, 0) // 4, 10, 16
      writer.frames(1, packer.take()!)
      add('to-client', 9, 4) // 5, 11, 17: in the next page
    }
    writer.frames(1, packer.take()!)
    writer.close()
    const capture = openCapture(path)
    const indexes = (index: number) => capture.fieldFrames(1, index)?.frames.map(each => each.index)
    assert.deepEqual(indexes(0), [0])
    assert.deepEqual(indexes(6), [6])
    assert.deepEqual(indexes(12), [6, 12])
    assert.deepEqual(indexes(1), [1, 4, 5])
    assert.deepEqual(indexes(10), [1, 4, 5, 7, 10, 11])
    assert.deepEqual(indexes(17), [1, 4, 5, 7, 10, 11, 13, 16, 17])
    assert.equal(capture.fieldFrames(1, 17)!.whole, true)
    for (const none of [2, 3, 99]) assert.equal(indexes(none), undefined)
    capture.close()
  }))
