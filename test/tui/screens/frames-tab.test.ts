import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameEntry } from '../../../src/model/frame-entry.ts'
import type { ConnectionView } from '../../../src/tui/ports.ts'
import { framesLines } from '../../../src/tui/screens/frames-tab.ts'
import { rowSource } from '../world.ts'

const frame: FrameEntry = {
  index: 0,
  direction: 'to-server',
  at: 1002,
  type: 4,
  typeName: 'SETTINGS',
  flags: 1,
  flagNames: ['ACK'],
  stream: 0,
  length: 0,
}
const view = { connection: { id: 3, openedAt: 1000, client: {}, problems: [] } } as unknown as ConnectionView
const told = (frames: readonly FrameEntry[], count: number): string =>
  framesLines({ ...rowSource([]), frames: () => frames, frameCount: () => count }, view)
    .map(spans => spans.map(({ text }) => text).join(''))
    .join('\n')

test('a frame is told with its time, stream, name and flags, behind the preface', () => {
  assert.match(told([frame], 1), /preface[\s\S]*2\.00 +— +→ SETTINGS +0 B +ACK/)
})

test('frames that are not shown are counted', () => {
  assert.match(told([frame], 9), /8 more frames/)
})

test('a connection without frames says so', () => {
  assert.match(told([], 0), /No HTTP\/2 frames/)
})
