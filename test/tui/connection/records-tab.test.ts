import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordsLines } from '../../../src/tui/connection/records-tab.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { sampleWorld } from '../world.ts'

const view = (await sampleWorld()).source.connection(1)!

test('every record of both legs has a line, in order of time', () => {
  const lines = recordsLines(view).map(plain).slice(1)
  const records = Object.values(view.handshakes).flatMap(handshake => handshake.records)
  assert.equal(lines.length, records.length)
  const times = lines.map(line => Number.parseFloat(line))
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  )
})

test('what was decrypted is told from what went in clear', () => {
  const text = recordsLines(view).map(plain).join('\n')
  assert.match(text, /handshake +in clear/)
  assert.match(text, /\{handshake\} +decrypted/)
})

test('a connection without TLS has no records', () => {
  assert.match(
    recordsLines({ ...view, handshakes: {} })
      .map(plain)
      .join(),
    /no TLS records/,
  )
})

test('a record has room in 80 columns', () => {
  for (const each of recordsLines(view)) assert.ok(columnsOf(each) <= 80, plain(each))
})
