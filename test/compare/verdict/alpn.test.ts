import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAlpn } from '../../../src/compare/verdict/alpn.ts'
import { makeHello } from '../make.ts'
import { ask } from './ask.ts'

test('a client without ALPN gets the server’s default', () => {
  const { alpn: _, ...hello } = makeHello()
  assert.match(checkAlpn({ ...ask(), hello })?.sentence ?? '', /default/)
})

test('a protocol outside the offer may end in no_application_protocol', () => {
  const reason = checkAlpn(ask({ alpn: ['http/1.1'] }))
  assert.equal(reason?.standing, 'may-fail')
  assert.equal(reason?.asOpenssl, 'tlsv1 alert no application protocol')
})
