import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveFrame, searchFrames, turnStream, visibleFrames } from '../../../src/tui/connection/frames.ts'
import { frame, framesScreen, frameWorld } from '../frame-log.ts'

const log = Array.from({ length: 300 }, (_, i) => frame(i, { stream: i % 3 }))
const { world } = frameWorld(log)
const all = framesScreen()

test('the cursor moves through the log and stops at both ends', () => {
  assert.equal(moveFrame(all, 5, world).frame, 5)
  assert.equal(moveFrame(all, -5, world).frame, 0)
  assert.equal(moveFrame(all, Number.POSITIVE_INFINITY, world).frame, 299)
  assert.equal(moveFrame(moveFrame(all, 1000, world), 1, world).frame, 299)
})

test('the selected frame is on the screen wherever it went', () => {
  let screen = all
  for (const by of [10, 40, -3, 200, -100, Number.POSITIVE_INFINITY, -250, Number.NEGATIVE_INFINITY]) {
    screen = moveFrame(screen, by, world)
    assert.equal(visibleFrames(screen, world)[screen.frameRow]?.index, screen.frame)
  }
})

test('the selected frame stays on a screen that becomes smaller', () => {
  const tall = frameWorld(log, 80, 60).world
  const small = frameWorld(log, 80, 12).world
  for (const start of [all, turnStream(moveFrame(all, 4, world), world)]) {
    const screen = moveFrame(start, Number.POSITIVE_INFINITY, tall)
    const shown = visibleFrames(screen, small)
    assert.ok(shown.length < screen.frameRow)
    assert.equal(shown.at(-1)?.index, screen.frame)
  }
})

test('one stream alone is walked through frame by frame, forth and back', () => {
  const one = turnStream(moveFrame(all, 4, world), world)
  assert.deepEqual([one.stream, one.frame], [1, 4])
  assert.equal(moveFrame(one, 2, world).frame, 10)
  assert.equal(moveFrame(moveFrame(one, 2, world), -3, world).frame, 1)
  assert.ok(visibleFrames(one, world).every(({ stream }) => stream === 1))
  assert.equal(turnStream(one, world).stream, undefined)
})

test('a search goes up to the end of the log, from here or from its other end', () => {
  const entries = log.map(e => (e.index === 2 ? frame(2, { typeName: 'GOAWAY' }) : e))
  const other = frameWorld(entries).world
  assert.equal(searchFrames(moveFrame(all, 100, other), 'goaway', 1, 'here', other), undefined)
  assert.equal(searchFrames(moveFrame(all, 100, other), 'goaway', 1, 'edge', other)?.frame, 2)
  assert.equal(searchFrames(moveFrame(all, 100, other), 'goaway', -1, 'here', other)?.frame, 2)
  assert.equal(searchFrames(moveFrame(all, 2, other), 'goaway', -1, 'here', other), undefined)
  assert.equal(searchFrames(all, 'goaway', -1, 'edge', other)?.frame, 2)
  assert.equal(searchFrames(all, 'no such frame', 1, 'here', other), undefined)
})
