import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { replaceBody } from '../../../src/rules/actions/replace-body.ts'
import { responseOf } from '../heads.ts'
import { readBy } from './acting.ts'
import { textOf, throughRequest, throughResponse, throughWebSocket } from './bodies.ts'

test('a text is replaced in a request, an expression in a response', async () => {
  assert.equal(textOf(await throughRequest(readBy(replaceBody, 'request a.b "x y"'), 'a.b acb')), 'x y acb')
  const action = readBy(replaceBody, 'response "/price: (\\d+)/i" "$1 EUR"')
  assert.equal(textOf(await throughResponse(action, 'Price: 10, price: 7')), '10 EUR, 7 EUR')
})

test('in its coding and its charset', async () => {
  const head = responseOf({
    headers: [
      ['content-type', 'text/plain; charset=iso-8859-1'],
      ['content-encoding', 'br'],
    ],
  })
  const action = readBy(replaceBody, 'response ü ö')
  const { body } = await throughResponse(action, brotliCompressSync(Buffer.from('für', 'latin1')), head)
  assert.equal(brotliDecompressSync(body!).toString('latin1'), 'för')
})

test('a picture in which nothing matches stays as it is', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  assert.deepEqual((await throughResponse(readBy(replaceBody, 'response foo bar'), bytes)).body, Buffer.from(bytes))
})

test('in messages of a WebSocket', async () => {
  const { message } = await throughWebSocket(readBy(replaceBody, 'message ping pong'), 'ping')
  assert.equal(Buffer.from(message.bytes).toString(), 'pong')
})

test('a body that would grow past the limit is left alone, with the reason', async () => {
  const action = readBy(replaceBody, `response /a?/ ${'x'.repeat(1000)}`)
  await assert.rejects(() => throughResponse(action, 'a'.repeat(100_000)), /grow past/)
})

test('mistakes have their place', () => {
  for (const [text, position] of [
    ['request', 7],
    ['request ""', 8],
    ['request /(/ x', 8],
    ['request "/(?=a)b+/" x', 8],
    ['request a', 9],
    ['request a b c', 12],
  ] as const)
    assert.throws(() => readBy(replaceBody, text), { name: 'RuleError', position }, text)
})
