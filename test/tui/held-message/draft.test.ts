import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  deleteHeader,
  editHeader,
  editMethod,
  editStatus,
  editUrl,
  headOf,
  insertHeader,
  isRefused,
  moveHeader,
} from '../../../src/tui/held-message/draft.ts'
import { heldData, heldJson, heldResponse, http2 } from './held.ts'

test('in HTTP/2 the pseudo-headers say the same as what was edited, and stay first', () => {
  const held = http2(heldJson(1))
  const draft = editUrl(held, {}, 'https://other.example/b?c')
  assert.ok(!isRefused(draft))
  assert.deepEqual(draft.request?.headers.slice(0, 4), [
    [':method', 'POST'],
    [':scheme', 'https'],
    [':authority', 'other.example'],
    [':path', '/b?c'],
  ])
  assert.deepEqual(moveHeader(held, {}, 4, -1), {})
  const added = insertHeader(held, {}, 4, ['X-New', '1'])
  assert.ok(!isRefused(added))
  assert.deepEqual(added.request?.headers[4], ['x-new', '1'])
})

test('what would break a message is refused: line ends, NUL, names, methods, connections of HTTP/2', () => {
  const held = heldJson(1)
  for (const value of ['a\r\nb: c', 'a\nb', 'a\0b', 'ü\u0100'])
    assert.ok(isRefused(editHeader(held, {}, 1, ['X-Mode', value])), JSON.stringify(value))
  for (const name of ['', 'a b', 'a:b', 'ü', ':path', 'a\r\n'])
    assert.ok(isRefused(editHeader(held, {}, 1, [name, 'v'])), JSON.stringify(name))
  for (const method of ['', 'G ET', 'GET\r\n']) assert.ok(isRefused(editMethod(held, {}, method)))
  for (const url of [
    '',
    'x',
    'ftp://a/',
    'https://',
    'https://a b/',
    'https://a/b c',
    'https://a/\r\n',
    'http://a:99999/',
  ])
    assert.ok(isRefused(editUrl(held, {}, url)), JSON.stringify(url))
  const second = http2(held)
  for (const name of ['connection', 'transfer-encoding', 'te'])
    assert.ok(isRefused(insertHeader(second, {}, 5, [name, 'x'])), name)
})

test('a fragment is no part of a request, and a path begins with a slash', () => {
  const draft = editUrl(heldJson(1), {}, 'https://api.example?x#top')
  assert.ok(!isRefused(draft))
  assert.equal(draft.request?.path, '/?x')
})

test('a status is a final one, with its reason', () => {
  const held = heldResponse(1, 200, [['A', 'b']])
  const draft = editStatus(held, {}, '404 Gone fishing')
  assert.ok(!isRefused(draft))
  assert.deepEqual([draft.response?.status, draft.response?.reason], [404, 'Gone fishing'])
  for (const wrong of ['', '99', '101', 'abc', '4040']) assert.ok(isRefused(editStatus(held, {}, wrong)), wrong)
  assert.ok(isRefused(editStatus(heldJson(1), {}, '404')))
  assert.ok(isRefused(editMethod(held, {}, 'GET')))
})

test('headers go, and change places; the others stay the same tuples', () => {
  const held = heldJson(1)
  const gone = deleteHeader(held, {}, 1)
  assert.ok(!isRefused(gone))
  assert.equal(gone.request?.headers[1], held.request.headers[2])
  const moved = moveHeader(held, {}, 1, 1)
  assert.ok(!isRefused(moved))
  assert.deepEqual(
    moved.request?.headers.map(([name]) => name),
    ['Host', 'Content-Type', 'X-Mode'],
  )
  assert.deepEqual(moveHeader(held, {}, 2, 1), {})
  assert.ok(isRefused(deleteHeader(heldData(1, 'x'), {}, 0)))
  assert.equal(headOf(heldData(1, 'x'), {}), undefined)
})
