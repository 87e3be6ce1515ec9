import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Header } from '../../../src/model/exchange.ts'
import {
  addHeader,
  firstValue,
  isHttp2,
  renameHeader,
  valuesOf,
  withHeader,
  withHeaders,
  withoutHeader,
} from '../../../src/rules/head/with-header.ts'
import { http2RequestOf, requestOf, responseOf } from '../heads.ts'

const many: readonly Header[] = [
  ['Set-Cookie', 'a'],
  ['X-One', '1'],
  ['set-cookie', 'b'],
]

test('a header that is set keeps its place and its case, and its duplicates go', () => {
  const head = responseOf({ raw: 'as it was' }, many)
  const changed = withHeader(head, 'SET-COOKIE', 'c')
  assert.deepEqual(changed.headers, [
    ['Content-Type', 'text/html'],
    ['Set-Cookie', 'c'],
    ['X-One', '1'],
  ])
  assert.equal('raw' in changed, false)
  assert.equal(changed.headers[0], head.headers[0])
  assert.equal(changed.headers[2], head.headers[2])
})

test('what is as it should be stays the same head', () => {
  const head = responseOf({}, many)
  assert.equal(withHeader(head, 'x-one', '1'), head)
  assert.equal(withoutHeader(head, 'x-two'), head)
  assert.equal(renameHeader(head, 'x-two', 'x-three'), head)
})

test('a name that is new is added at the end, in lower case where it is HTTP/2', () => {
  assert.deepEqual(withHeader(requestOf(), 'X-New', 'v').headers.at(-1), ['X-New', 'v'])
  assert.deepEqual(addHeader(http2RequestOf(), 'X-New', 'v').headers.at(-1), ['x-new', 'v'])
})

test('all of a name are taken away, or renamed where they stand', () => {
  const head = responseOf({}, many)
  assert.deepEqual(
    withoutHeader(head, 'set-cookie').headers.map(([name]) => name),
    ['Content-Type', 'X-One'],
  )
  assert.deepEqual(renameHeader(head, 'set-cookie', 'X-C').headers.slice(1), [
    ['X-C', 'a'],
    ['X-One', '1'],
    ['X-C', 'b'],
  ])
})

test('values are found without regard to case', () => {
  const head = responseOf({}, many)
  assert.deepEqual(valuesOf(head, 'Set-cookie'), ['a', 'b'])
  assert.equal(firstValue(head, 'x-ONE'), '1')
  assert.equal(firstValue(head, 'x-two'), undefined)
  assert.equal(isHttp2(head), false)
  assert.deepEqual(withHeaders(head, []).headers, [])
})

test('no edit touches a tuple of another name, nor its order', () => {
  const name = fc.constantFrom('a', 'A', 'b', 'c')
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), name, fc.string(), (headers, asked, value) => {
      const head = responseOf({ headers })
      const others = (list: readonly Header[]) => list.filter(([each]) => each.toLowerCase() !== asked.toLowerCase())
      for (const changed of [
        withHeader(head, asked, value),
        addHeader(head, asked, value),
        withoutHeader(head, asked),
      ]) {
        const kept = others(changed.headers)
        assert.ok(others(headers).every((header, index) => kept[index] === header))
      }
      assert.deepEqual(valuesOf(withHeader(head, asked, value), asked), [value])
    }),
  )
})
