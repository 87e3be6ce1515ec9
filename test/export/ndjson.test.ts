import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { connectionPieces } from '../../src/cli/connection-pieces.ts'
import { ndjson } from '../../src/export/ndjson.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { recordVisits } from '../cli/recorded-run.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { sourceOf, withCapture, written } from './made-capture.ts'

let path: string
before(async () => {
  ;({ path } = await recordVisits())
})

test('each line is what show prints of the connection', () => {
  const capture = openCapture(path)
  const lines = written(ndjson, sourceOf(capture)).trimEnd().split('\n')
  const style = { color: false }
  const shown = capture
    .connections({ limit: 10 })
    .map(connection => [...connectionPieces(capture, connection, { json: true, style, all: true })].join(''))
  assert.deepEqual(lines, shown)
  assert.equal(lines.length, 3)
  capture.close()
})

test('with a filter come the connections of what fits, with those exchanges alone', () => {
  withCapture(
    writer => {
      for (const id of [1, 2, 3]) writer.connection(connectionOf(id))
      for (const id of [1, 2, 3, 4])
        writer.exchange(exchangeOf(id, { connection: id < 3 ? 2 : 1, status: id === 2 || id === 4 ? 404 : 200 }))
    },
    capture => {
      const of = (selection: Parameters<typeof sourceOf>[1]) =>
        written(ndjson, sourceOf(capture, selection))
          .trimEnd()
          .split('\n')
          .map(line => JSON.parse(line))
          .map(({ id, exchanges, exchangeCount }) => [
            id,
            exchanges.map((each: { id: number }) => each.id),
            exchangeCount,
          ])
      assert.deepEqual(of({ filter: parseFilter('~c 404') }), [
        [1, [4], 1],
        [2, [2], 1],
      ])
      assert.deepEqual(of({ ids: new Set([1, 2]) }), [[2, [1, 2], 2]])
      assert.deepEqual(
        of({}).map(([id]) => id),
        [1, 2, 3],
      )
    },
  )
})
