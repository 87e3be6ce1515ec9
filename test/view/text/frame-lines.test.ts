import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameLines as linesOf } from '../../../src/view/text/frame-lines.ts'
import { entry } from '../make-frames.ts'

const plain = { color: false }
const frameLines = (...of: Parameters<typeof linesOf>): string[] => [...linesOf(...of)]
const settings = entry(0, 'to-server', 4, 0, 0, 12, [0, 4, 0, 0, 255, 255, 0, 2, 0, 0, 0, 0])

test('frames stand below each other: time, stream, direction, name, size, flags and content', () => {
  const entries = [settings, entry(1, 'to-client', 1, 5, 13, 1234)]
  assert.deepEqual(frameLines({ entries, count: 2 }, 1000, 120, plain), [
    '        stream   frame                  size  flags and content',
    '0.00         — → preface               24 B       PRI * HTTP/2.0 (RFC 9113 3.4)',
    '0.00         — → SETTINGS              12 B       INITIAL_WINDOW_SIZE = 65535, ENABLE_PUSH = 0',
    '1.00        13 ← HEADERS            1 234 B       END_STREAM|END_HEADERS',
  ])
})

test('what does not fit goes on in its column, and what is left out is counted', () => {
  const lines = frameLines({ entries: [settings], count: 9 }, 1000, 60, plain)
  const [first, ...rest] = lines.slice(
    lines.findIndex(line => line.includes('SETTINGS')),
    -1,
  )
  assert.equal(first?.indexOf('INITIAL_WINDOW_SIZE'), 50)
  assert.ok(rest.length > 0 && rest.every(line => /^ {50}\S/.test(line)), rest.join('\n'))
  assert.equal(lines.at(-1), '… 8 more frames')
})

test('no frames are no lines', () => {
  assert.deepEqual(frameLines({ entries: [], count: 0 }, 0, 80, plain), [])
})

test('the preface stands once, before the first frame of the client, however many frames there are', () => {
  const entries = Array.from({ length: 2500 }, (_, index) => entry(index, 'to-server', 6, 0, 0, 8))
  const lines = frameLines({ entries, count: 2500 }, 1000, 120, plain)
  assert.equal(lines.length, 2502)
  assert.equal(
    lines.findLastIndex(line => line.includes('preface')),
    1,
  )
})
