import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffLines } from '../../../src/view/diff/diff.ts'
import { bodyRow, diffFlows } from '../../../src/view/diff/flow-diff.ts'
import { flow } from './make.ts'

test('a flow compared with itself has no difference', () => {
  const side = { exchange: flow({ bytes: 3, request: { headers: [['a', 'b']] } }), response: ['x'] }
  const { rows, response } = diffFlows(side, side)
  assert.ok(rows.length > 8)
  assert.deepEqual(
    rows.filter(({ mark }) => mark !== '='),
    [],
  )
  assert.deepEqual(response, [{ mark: '=', text: 'x', left: 1, right: 1 }])
})

test('rows may go to a terminal, and an empty value is a dash', () => {
  const left = {
    exchange: flow({
      request: {
        headers: [
          ['a\x1b', '\u202e'],
          ['b', ''],
        ],
      },
    }),
  }
  const rows = diffFlows(left, { exchange: flow() }).rows
  for (const row of rows) assert.doesNotMatch(`${row.label}${row.client}${row.upstream}${row.why}`, /[\x00-\x1f\u202e]/)
  assert.equal(rows.find(({ aspect }) => aspect === 'request-header:b')!.client, '—')
})

test('aspects are told apart', () => {
  const left = {
    exchange: flow({
      request: {
        headers: [
          ['a', '1'],
          ['Cookie', 'a=1'],
        ],
      },
      response: { headers: [['a', '1']] },
    }),
  }
  const aspects = diffFlows(left, left).rows.map(({ aspect }) => aspect)
  assert.equal(new Set(aspects).size, aspects.length)
})

const row = (left: number, right: number, a: string[], b: string[]) =>
  bodyRow(flow({ bytes: left }), flow({ bytes: right }), 'response', diffLines(a, b))[0]

test('bodies of one length differ where their lines do', () => {
  assert.equal(row(3, 3, ['a', 'b'], ['a', 'c'])!.mark, '≠')
  assert.equal(row(3, 3, ['a', 'b'], ['a', 'c'])!.why, '1 lines only left, 1 only right, 1 the same.')
  assert.equal(row(3, 3, ['a'], ['a'])!.mark, '=')
})

test('bodies of two lengths may show the same', () => {
  assert.equal(row(3, 4, ['a'], ['a'])!.why, 'The lines shown are the same.')
})

test('no bodies, no row', () => {
  assert.equal(row(0, 0, [], []), undefined)
})
