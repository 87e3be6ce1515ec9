import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JsonPathError, readJsonPath } from '../../src/formats/json-path.ts'

const shown = (path: string): string =>
  readJsonPath(path)
    .map(({ deep, select, named }) => `${deep ? '..' : ''}${named ? JSON.stringify(select) : select}`)
    .join(' ')

test('names, places, all and what lies deeper', () => {
  assert.equal(shown('$'), '')
  assert.equal(shown('$.a-b.c[0][*]'), '"a-b" "c" 0 all')
  assert.equal(shown(`$['a.b']["c\\"d"].*`), '"a.b" "c\\"d" all')
  assert.equal(shown('$..name..[2]..*'), '.."name" ..2 ..all')
  assert.equal(shown("$['*'].all['0']"), '"*" "all" "0"')
})

for (const [path, at] of Object.entries({
  '': 0,
  a: 0,
  $a: 1,
  '$.': 1,
  '$.a[': 3,
  '$.a[-1]': 3,
  '$.[0]': 1,
  '$.a[0:2]': 3,
  "$['a]": 1,
}))
  test(`${path} is no path, from character ${at} on`, () => {
    assert.throws(
      () => readJsonPath(path),
      (error: unknown) => error instanceof JsonPathError && error.at === at,
    )
  })

test('a path has an end', () => {
  assert.throws(() => readJsonPath(`$${'.a'.repeat(65)}`), /64 steps/)
})
