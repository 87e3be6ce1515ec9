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
