import assert from 'node:assert/strict'
import { test } from 'node:test'
import { qrCode } from '../../src/view/qr-code.ts'
import { width } from '../../src/view/width.ts'

const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']

/** The modules, dark as `#`, with the quiet zone. */
const modules = (rows: readonly string[]): string[] =>
  rows.flatMap(row => [
    [...row].map(each => ('█▀'.includes(each) ? '.' : '#')).join(''),
    [...row].map(each => ('█▄'.includes(each) ? '.' : '#')).join(''),
  ])

test('a code has its three finders, and a light zone around it', () => {
  const rows = qrCode('http://192.168.100.200:8080/')
  assert.ok(
    rows.every(row => width(row) === 29),
    'version 2: 25 modules and the zone',
  )
  const all = modules(rows).slice(0, 29)
  const at = (top: number, left: number): string[] => all.slice(top, top + 7).map(row => row.slice(left, left + 7))
  assert.deepEqual([at(2, 2), at(2, 20), at(20, 2)], [finder, finder, finder])
  for (const i of [0, 1, 27, 28]) assert.ok([...all[i]!].every(each => each === '.'))
})

test('the code of an address fits a terminal of 24 rows', () => {
  assert.equal(qrCode('http://192.168.100.200:65535/').length, 15)
})
