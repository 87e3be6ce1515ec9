import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../src/model/exchange.ts'
import { cookieRows, headerRows } from '../../../src/view/diff/header-rows.ts'
import { flow } from './make.ts'

const rows = (left: readonly Header[], right: readonly Header[]) =>
  headerRows(flow({ request: { headers: left } }), flow({ request: { headers: right } }), 'request').map(
    ({ aspect, client, upstream, mark }) => `${aspect}: ${client} ${mark} ${upstream}`,
  )

test('headers are compared by name, whatever their case', () => {
  assert.deepEqual(
    rows(
      [
        ['A', '1'],
        ['B', '2'],
        ['b', '3'],
      ],
      [
        ['A', '1'],
        ['b', '2'],
      ],
    ),
    ['request-header:a: 1 = 1', 'request-header:b: 2, 3 ≠ 2', 'request-header-case: B ≠ b'],
  )
})

test('another order of the headers that both have is a row', () => {
  assert.deepEqual(
    rows(
      [
        ['a', ''],
        ['x', ''],
        ['b', ''],
      ],
      [
        ['b', ''],
        ['a', ''],
      ],
    ).at(-1),
    'request-header-order: a, b ≠ b, a',
  )
  assert.ok(
    !rows(
      [
        ['a', ''],
        ['x', ''],
        ['b', ''],
      ],
      [
        ['a', ''],
        ['b', ''],
      ],
    ).some(row => row.includes('order')),
  )
})

test('cookies have rows of their own', () => {
  assert.deepEqual(rows([['Cookie', 'a=1']], []), [])
})

test('cookies are compared by name, those that are set with their attributes', () => {
  const left = flow({
    request: { headers: [['Cookie', 'a=1; b=2']] },
    response: { headers: [['Set-Cookie', 'c=1; Secure']] },
  })
  const right = flow({
    request: {
      headers: [
        ['cookie', 'b=2'],
        ['cookie', 'a=3'],
      ],
    },
    response: { headers: [['Set-Cookie', 'c=1']] },
  })
  const told = (side: 'request' | 'response') =>
    cookieRows(left, right, side).map(({ label, client, upstream, mark }) => `${label}: ${client} ${mark} ${upstream}`)
  assert.deepEqual(told('request'), ['Cookie a: 1 ≠ 3', 'Cookie b: 2 = 2'])
  assert.deepEqual(told('response'), ['Set-Cookie c: 1; Secure ≠ 1'])
})
