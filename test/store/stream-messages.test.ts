import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StreamMessage } from '../../src/model/stream-message.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from './samples.ts'

const message = (seq: number, over: Partial<StreamMessage> = {}): StreamMessage => ({
  seq,
  direction: 'to-client',
  at: 1.5,
  endedAt: 2.5,
  opcode: 1,
  frames: 2,
  compressed: false,
  complete: true,
  length: 3,
  bytes: Uint8Array.of(1, 2, 3),
  ...over,
})

test('messages come back as they were written, in pages, while the file is being written', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const all = [
      message(0),
      message(1, { direction: 'to-server', compressed: true }),
      message(2, { complete: false, length: 9, bytes: new Uint8Array(0) }),
    ]
    for (const each of all) {
      writer.streamMessage(7, each)
      writer.streamMessage(8, each)
    }
    writer.commit()
    const capture = openCapture(path)
    const read = (query: Parameters<typeof capture.streamMessages>[1]) =>
      capture.streamMessages(7, query).map(each => ({ ...each, bytes: Uint8Array.from(each.bytes) }))
    assert.deepEqual(read({ limit: 9 }), all)
    assert.deepEqual(read({ from: 1, limit: 1 }), [all[1]])
    assert.deepEqual([capture.streamMessageCount(7), capture.streamMessageCount(9)], [3, 0])
    capture.close()
    writer.close()
  }))

test('what Parley did with a message comes back with it, whichever was written first', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const acts = [{ by: '~websocket => replace-body a b', did: 'replaced a' }]
    const changed = { how: 'changed', acts, server: { length: 5, bytes: Uint8Array.of(4, 5) } } as const
    const dropped = { how: 'dropped', acts: [] } as const
    writer.actedOn(7, 1, dropped)
    for (const seq of [0, 1, 2]) writer.streamMessage(7, message(seq))
    writer.actedOn(7, 2, changed)
    writer.commit()
    const capture = openCapture(path)
    const [first, second, third] = capture.streamMessages(7, { limit: 9 }).map(({ acted }) => acted)
    assert.deepEqual([first, second], [undefined, dropped])
    assert.deepEqual([third?.acts, third?.server?.length, [...third!.server!.bytes]], [acts, 5, [4, 5]])
    capture.close()
    writer.close()
  }))

test('acts that no Parley writes are told as such', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    writer.streamMessage(7, message(0))
    writer.actedOn(7, 0, { how: 'dropped', acts: [{ by: 1, did: 'x' } as never] })
    writer.close()
    const capture = openCapture(path)
    assert.throws(() => capture.streamMessages(7, { limit: 9 }), /not what Parley writes/)
    capture.close()
  }))
