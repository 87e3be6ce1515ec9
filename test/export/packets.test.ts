import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { packets } from '../../src/export/packets.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { recordVisits } from '../cli/recorded-run.ts'
import { sourceOf } from './made-capture.ts'

let capture: Capture
before(async () => {
  capture = openCapture((await recordVisits()).path)
})

const bytesOf = (text: string): Buffer => {
  const selection = text === '' ? {} : { filter: parseFilter(text) }
  return Buffer.concat([...packets.pieces(sourceOf(capture, selection))].map(piece => Buffer.from(piece)))
}

test('packets are of all connections, or of those whose flows leave', () => {
  const [all, some, none] = [bytesOf(''), bytesOf('~d plain'), bytesOf('~c 599')]
  assert.equal(all.readUInt32LE(0), 0x0a0d0d0a) // a section header
  assert.ok(all.length > some.length && some.length > none.length)
})
