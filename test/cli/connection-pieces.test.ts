import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { connectionPieces } from '../../src/cli/connection-pieces.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { recordVisits } from './recorded-run.ts'

let capture: Capture
before(async () => {
  capture = openCapture((await recordVisits()).path)
})

const style = { color: false }

test('of many exchanges no more than one is in memory, and none is left out', () => {
  const [id] = capture.exchangesOf(1)
  const long = { ...capture, body: () => Buffer.alloc(60_000, 'x') }
  const exchanges = Array(50).fill(id)
  for (const json of [true, false]) {
    const pieces = [...connectionPieces(long, capture.connection(1)!, { json, style, all: true, exchanges })]
    assert.ok(pieces.length > 100 && pieces.every(piece => piece.length < 100_000))
    if (json) assert.equal(JSON.parse(pieces.join('')).exchanges.length, 50)
    else assert.match(pieces.join(''), /\nEXCHANGE 50 of 50\n/)
  }
})
