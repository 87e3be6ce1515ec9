import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../src/model/exchange.ts'
import { fileAnswer } from '../../../src/rules/actions/file-answer.ts'
import { requestOf } from '../heads.ts'

const text = 'abcdefghij'
const modifiedAt = Date.UTC(2026, 10, 1, 12) + 500
const file = {
  size: text.length,
  modifiedAt,
  async *read(start: number, end: number) {
    yield Buffer.from(text.slice(start, end))
  },
}
const lastModified = new Date(modifiedAt - 500).toUTCString()

async function ask(headers: readonly Header[] = [], method = 'GET', size = text.length) {
  const sent = requestOf({ method }, headers)
  const { status, headers: fields, body } = fileAnswer({ type: 'request', sent, head: sent }, { ...file, size }, 'x/y')
  const parts: Uint8Array[] = []
  if (body instanceof Uint8Array) parts.push(body)
  else for await (const part of body) parts.push(part)
  return {
    status,
    body: Buffer.concat(parts).toString(),
    of: (name: string) => fields.find(([each]) => each === name)?.[1],
  }
}

test('a whole file has its type, its length and what identifies its state', async () => {
  const { status, body, of } = await ask()
  assert.deepEqual([status, body, of('content-type'), of('content-length')], [200, text, 'x/y', '10'])
  assert.equal(of('last-modified'), lastModified)
  const head = await ask([], 'HEAD')
  assert.deepEqual([head.status, head.body, head.of('content-length')], [200, '', '10'])
})

test('ranges (RFC 9110 14.1.2)', async () => {
  for (const [range, status, body, told] of [
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/10'],
    ['bytes=8-', 206, 'ij', 'bytes 8-9/10'],
    ['bytes=-3', 206, 'hij', 'bytes 7-9/10'],
    ['bytes=-30', 206, text, 'bytes 0-9/10'],
    ['bytes=5-900', 206, 'fghij', 'bytes 5-9/10'],
    ['Bytes = 0-0', 206, 'a', 'bytes 0-0/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=4-2', 200, text, undefined],
    ['bytes=0-1,3-4', 200, text, undefined],
    ['lines=0-1', 200, text, undefined],
    ['bytes=-', 200, text, undefined],
  ] as const) {
    const answer = await ask([['Range', range]])
    assert.deepEqual([answer.status, answer.body, answer.of('content-range')], [status, body, told], range)
  }
  assert.equal((await ask([['range', 'bytes=0-0']], 'GET', 0)).status, 416)
  assert.equal((await ask([['range', 'bytes=0-1']], 'POST')).status, 200)
})

test('conditions (RFC 9110 13)', async () => {
  const tag = (await ask()).of('etag')!
  for (const [headers, status] of [
    [[['if-none-match', tag]], 304],
    [[['if-none-match', `"x", W/${tag}`]], 304],
    [[['if-none-match', '*']], 304],
    [
      [
        ['if-none-match', '"x"'],
        ['if-modified-since', lastModified],
      ],
      200,
    ],
    [[['if-modified-since', lastModified]], 304],
    [[['if-modified-since', new Date(modifiedAt - 2000).toUTCString()]], 200],
    [[['if-modified-since', 'rubbish']], 200],
    [
      [
        ['range', 'bytes=0-1'],
        ['if-range', tag],
      ],
      206,
    ],
    [
      [
        ['range', 'bytes=0-1'],
        ['if-range', lastModified],
      ],
      206,
    ],
    [
      [
        ['range', 'bytes=0-1'],
        ['if-range', '"x"'],
      ],
      200,
    ],
  ] as const)
    assert.equal((await ask(headers)).status, status, JSON.stringify(headers))
})
