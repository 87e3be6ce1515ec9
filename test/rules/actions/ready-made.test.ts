import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cors, noCache, stripAltSvc } from '../../../src/rules/actions/ready-made.ts'
import { firstValue } from '../../../src/rules/head/with-header.ts'
import { http2ResponseOf, requestOf, responseOf } from '../heads.ts'
import { draftRequest, onRequest, onResponse, readBy } from './acting.ts'

test('Alt-Svc goes, and nothing else', async () => {
  const action = readBy(stripAltSvc, '')
  const head = await onResponse(action, responseOf({}, [['Alt-Svc', 'h3=":443"']]))
  assert.deepEqual(head.headers, responseOf().headers)
  const plain = responseOf()
  assert.equal(await onResponse(action, plain), plain)
})

test('nothing is asked on condition, and nothing may be kept', async () => {
  const action = readBy(noCache, '')
  const asked = requestOf({}, [
    ['If-None-Match', '"a"'],
    ['If-Modified-Since', 'x'],
    ['If-Match', '"b"'],
  ])
  assert.deepEqual((await onRequest(action, asked)).headers.slice(2), [['If-Match', '"b"']])
  const told = responseOf({}, [
    ['ETag', '"a"'],
    ['Cache-Control', 'max-age=9'],
    ['Expires', '0'],
    ['Age', '3'],
  ])
  assert.deepEqual((await onResponse(action, told)).headers.slice(1), [['Cache-Control', 'no-store']])
})

const origin = ['Origin', 'http://localhost:3000'] as const

test('a preflight is answered with what it asks for', async () => {
  const asks = requestOf({ method: 'OPTIONS' }, [
    origin,
    ['Access-Control-Request-Method', 'PUT'],
    ['Access-Control-Request-Headers', 'x-a, x-b'],
  ])
  const end = await draftRequest(readBy(cors, ''), asks)
  assert.ok(end.type === 'answer' && end.answer.status === 204)
  const of = (name: string) => end.answer.headers.find(([each]) => each === `access-control-allow-${name}`)?.[1]
  assert.deepEqual(
    [of('origin'), of('methods'), of('headers'), of('credentials')],
    [origin[1], 'PUT', 'x-a, x-b', 'true'],
  )
  const plain = requestOf({ method: 'OPTIONS' }, [origin])
  assert.equal(await onRequest(readBy(cors, ''), plain), plain)
})

test('a response permits the origin that asked, and shows it its headers', async () => {
  const request = requestOf({}, [origin])
  const head = responseOf({}, [
    ['Access-Control-Allow-Origin', '*'],
    ['Vary', 'Accept'],
    ['X-A', '1'],
  ])
  const told = await onResponse(readBy(cors, ''), head, request)
  assert.equal(firstValue(told, 'access-control-allow-origin'), origin[1])
  assert.equal(firstValue(told, 'vary'), 'Accept, Origin')
  assert.match(firstValue(told, 'access-control-expose-headers') ?? '', /content-type.*x-a/)
  const http2 = await onResponse(readBy(cors, ''), http2ResponseOf(), request)
  assert.equal(firstValue(http2, 'access-control-expose-headers'), 'content-type')
  assert.equal(await onResponse(readBy(cors, ''), head, requestOf()), head)
})
