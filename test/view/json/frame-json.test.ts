import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { frameJson } from '../../../src/view/json/frame-json.ts'
import { entry } from '../make-frames.ts'

const described = readFileSync(new URL('../../../src/view/json/connection-json.md', import.meta.url), 'utf8')

test('a frame is told with its fields', () => {
  const { fields, ...rest } = frameJson(entry(3, 'to-client', 8, 0, 5, 4, [0, 0, 1, 0]), 1000)
  assert.deepEqual(rest, {
    index: 3,
    direction: 'S>C',
    type: 8,
    name: 'WINDOW_UPDATE',
    flags: [],
    stream: 5,
    length: 4,
    time: 3,
  })
  assert.deepEqual(fields.at(-1), { name: 'Window Size Increment', start: 0, end: 4, shown: '256' })
})

test('what cannot be read says why, and every member is described', () => {
  const json = frameJson(entry(0, 'to-server', 6, 0, 0, 1, [1]), 1000)
  assert.match(json.malformed!, /needs 8 bytes/)
  for (const member of Object.keys(json)) assert.match(described, new RegExp(`\\b${member}\\b`))
})
