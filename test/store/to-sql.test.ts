import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { isSlow, toSql } from '../../src/store/to-sql.ts'

test('what a person typed reaches SQL as a value, never as text', () => {
  const hostile = `'; DROP TABLE flows; --`
  for (const name of ['all', 'd', 'u', 'm', 't', 'h', 'b', 'sni', 'proto', 'ja4', 'process', 'rule']) {
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

test('only headers, bodies and rules read more than the narrow tables', () => {
  assert.equal(isSlow(parseFilter('a (~c 404 | !~hs x)')), true)
  assert.equal(isSlow(parseFilter('~all x')), true)
  assert.equal(isSlow(parseFilter('~rule x')), true)
  assert.equal(isSlow(parseFilter('~all & ~acted & ~d a & ~tls 1.3 & !~u "(x)"')), false)
})

test('what reads most is asked last', () => {
  const { sql, values } = toSql(parseFilter('~b body & ~m GET & (~h header | ~c 404)'))
  assert.ok(sql.indexOf('f.method') < sql.indexOf('body_matches'))
  assert.ok(sql.indexOf('f.status') < sql.indexOf('header_matches'))
  assert.deepEqual(values, ['%GET%', 'body', 'body', 'body', 'body', 404, 404, 'header', 'header'])
})

test('among known flows, the rest of a filter', () => {
  const { sql, values } = toSql({ type: 'among', ids: [3, 5], of: parseFilter('~c 404') })
  assert.match(sql, /^\(f\.id IN \(SELECT value FROM json_each\(\?\)\) AND /)
  assert.deepEqual(values, ['[3,5]', 404, 404])
})
