import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { isSlow, toSql } from '../../src/store/to-sql.ts'

test('what a person typed reaches SQL as a value, never as text', () => {
  const hostile = `'; DROP TABLE flows; --`
  for (const name of ['d', 'u', 'm', 't', 'h', 'b', 'sni', 'proto', 'ja4', 'process']) {
    const { sql, values } = toSql(parseFilter(`~${name} "${hostile}"`))
    assert.equal(sql.includes('DROP'), false)
    assert.equal(values.length, sql.match(/\?/g)?.length)
  }
})

test('a host is asked of the origins once', () => {
  assert.deepEqual(toSql(parseFilter('~d example')), {
    sql: "ifnull(f.origin IN (SELECT id FROM origins WHERE ifnull(host LIKE ? ESCAPE '\\', 0)), 0)",
    values: ['%example%'],
  })
})

test('only headers and bodies read more than the narrow tables', () => {
  assert.equal(isSlow(parseFilter('a (~c 404 | !~hs x)')), true)
  assert.equal(isSlow(parseFilter('~d a & ~tls 1.3 & !~u "(x)"')), false)
})
