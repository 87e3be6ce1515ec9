import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkField, checkRequestHead, checkResponseHead, isConnectionSpecific } from '../../src/rules/check-head.ts'
import { http2RequestOf, http2ResponseOf, requestOf, responseOf } from './heads.ts'

test('heads as they come are good', () => {
  for (const head of [requestOf(), http2RequestOf()]) assert.equal(checkRequestHead(head), undefined)
  for (const head of [responseOf(), http2ResponseOf()]) assert.equal(checkResponseHead(head), undefined)
})

test('CR, LF, NUL and what is no byte are refused everywhere', () => {
  for (const bad of ['\r', '\n', '\0', '\u0100', '\u2028']) {
    assert.match(checkRequestHead(requestOf({ path: `/a${bad}`, target: '/a' })) ?? '', /^the path/)
    assert.match(checkRequestHead(requestOf({ authority: `a${bad}` })) ?? '', /^the authority/)
    assert.match(checkRequestHead(requestOf({ target: `/${bad}` })) ?? '', /^the request target/)
    assert.match(checkRequestHead(requestOf({ method: `GET${bad}` })) ?? '', /^the method/)
    assert.match(checkRequestHead(requestOf({}, [['a', bad]])) ?? '', /^the value of "a"/)
    assert.match(checkRequestHead(requestOf({}, [[`a${bad}`, '']])) ?? '', /^the header name/)
    assert.match(checkResponseHead(responseOf({ reason: bad })) ?? '', /^the reason/)
    assert.match(checkResponseHead(http2ResponseOf(200, [['b', bad]])) ?? '', /^the value of "b"/)
  }
})

test('a name that is no token is refused, a pseudo-header of HTTP/1 among them', () => {
  for (const name of ['', 'a b', 'a:', ':path', 'é']) assert.match(checkField(name, '', false) ?? '', /no token/)
  assert.equal(checkField(':path', '/', true), undefined)
  assert.match(checkField(':other', '/', true) ?? '', /no token/)
})

test('HTTP/2 has neither upper case nor fields of one connection', () => {
  assert.match(checkField('X-A', '', true) ?? '', /upper case/)
  for (const name of ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']) {
    assert.match(checkField(name, 'x', true) ?? '', /about one connection/)
    assert.equal(checkField(name, 'x', false), undefined)
    assert.equal(isConnectionSpecific(name.toUpperCase()), true)
  }
  assert.equal(checkField('te', 'trailers', true), undefined)
  assert.match(checkField('te', 'gzip', true) ?? '', /about one connection/)
})

test('a status is a number of three digits', () => {
  for (const status of [0, 99, 1000, 200.5, Number.NaN])
    assert.match(checkResponseHead(responseOf({ status })) ?? '', /status/)
})
