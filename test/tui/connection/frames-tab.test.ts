import assert from 'node:assert/strict'
import { test } from 'node:test'
import { framesBody, framesHead, framesInfo } from '../../../src/tui/connection/frames-tab.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import type { ConnectionView } from '../../../src/tui/ports.ts'
import { makeConnection } from '../../compare/make.ts'
import { frame, framesScreen, frameWorld } from '../frame-log.ts'

const settings = frame(0, { type: 4, typeName: 'SETTINGS', flags: 1, flagNames: ['ACK'], stream: 0, length: 0 })
const text = (lines: ReturnType<typeof framesBody>): string => lines.map(plain).join('\n')

test('a frame is told with its time, stream, name and flags', () => {
  const { world } = frameWorld([settings])
  assert.match(text(framesBody(framesScreen(), world)), /preface[\s\S]*— {2}→ SETTINGS +0 B +ACK/)
})

test('only the frames on the screen are asked for, and the selected one is marked', () => {
  const { world, asked } = frameWorld(Array.from({ length: 5000 }, (_, i) => frame(i)))
  const body = framesBody(framesScreen({ frame: 4000, frameRow: 5 }), world)
  assert.ok(asked.most <= 24)
  assert.deepEqual(body.map(line => line.some(({ ground }) => ground === 'selected')).indexOf(true), 5)
  for (const line of body) assert.ok(columnsOf(line) <= 80)
})

test('the windows after the selected frame are counted, and drawn', () => {
  const entries = [settings, frame(1, { length: 1000 }), frame(3, { length: 500 })].map((e, index) => ({ ...e, index }))
  const told = text(framesInfo(framesScreen({ frame: 2 }), frameWorld(entries).world))
  assert.match(told, /frame 3 of 3/)
  assert.match(told, /connection → 65 535 {2}← 64 035 {3}stream 1 → 65 535 {2}← 64 035/)
  assert.match(told, /window ← of stream 1 so far +[▁-█]+/)
})

test('a connection without frames says so, and one stream alone is named in the head', () => {
  assert.match(text(framesBody(framesScreen(), frameWorld([]).world)), /No HTTP\/2 frames/)
  assert.match(plain(framesHead(framesScreen({ stream: 7 }), frameWorld([]).world)), /only stream 7/)
})

test('frames of a connection that Parley acts on are those of the client leg', () => {
  const { world } = frameWorld([settings])
  for (const treatment of ['observe', 'rewrite'] as const) {
    const connection = { connection: makeConnection({ treatment }) } as ConnectionView
    const head = plain(
      framesHead(framesScreen(), { ...world, source: { ...world.source, connection: () => connection } }),
    )
    assert.equal(head.includes('client leg'), treatment === 'rewrite')
  }
})
