import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { queryValue, withoutQuery, withQuery } from '../../src/rules/query.ts'

test('the other pairs stay as they are written', () => {
  const path = '/a?b=%7e&c&id=1&d=+&id=2'
  assert.equal(withQuery(path, 'id', 'x y'), '/a?b=%7e&c&id=x%20y&d=+')
  assert.equal(withQuery(path, 'new', '&'), `${path}&new=%26`)
  assert.equal(withoutQuery(path, 'id'), '/a?b=%7e&c&d=+')
  assert.equal(withoutQuery(path, 'z'), path)
  assert.equal(withoutQuery('/a?id', 'id'), '/a')
  assert.equal(withQuery('/a', 'b', ''), '/a?b=')
  assert.equal(withQuery('/a?b=%63', 'b', 'c'), '/a?b=%63')
})

test('values are read as forms write them', () => {
  assert.equal(queryValue('/a?x%20y=1+2', 'x y'), '1 2')
  assert.equal(queryValue('/a?b', 'b'), '')
  assert.equal(queryValue('/a?b=%zz', 'b'), '%zz')
  assert.equal(queryValue('/a', 'b'), undefined)
})

test('what was set is read back, whatever it is', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter(each => each.isWellFormed())
  fc.assert(
    fc.property(fc.webPath(), text, text, (path, name, value) => {
      assert.equal(queryValue(withQuery(path, name, value), name), value)
      assert.equal(queryValue(withoutQuery(withQuery(path, name, value), name), name), undefined)
    }),
  )
})
