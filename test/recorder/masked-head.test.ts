import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestHead } from '../../src/model/exchange.ts'
import { maskedHead } from '../../src/recorder/masked-head.ts'

const head: RequestHead = {
  method: 'GET',
  target: '/',
  scheme: 'https',
  authority: 'a.example',
  path: '/',
  version: 'HTTP/1.1',
  headers: [['Host', 'a.example']],
}

test('what a client says of itself to a proxy becomes stars, in whatever case it names it', () => {
  const headers = [...head.headers, ['PROXY-authorization', 'Basic dTpw'], ['Authorization', 'Basic x']] as const
  assert.deepEqual(maskedHead({ ...head, headers }).headers, [
    ['Host', 'a.example'],
    ['PROXY-authorization', '***** ****'],
    ['Authorization', 'Basic x'],
  ])
})

test('a head without it is the same head', () => {
  assert.equal(maskedHead(head), head)
})

test('nor is it in the head as it stood on the wire', () => {
  const raw = 'GET / HTTP/1.1\nHost: a.example\nProxy-Authorization :Basic\r\n dTpw\nX: Proxy-Authorization: no\n\n'
  const headers = [...head.headers, ['Proxy-Authorization', 'Basic dTpw'], ['X', 'Proxy-Authorization: no']] as const
  assert.equal(
    maskedHead({ ...head, headers, raw }).raw,
    'GET / HTTP/1.1\nHost: a.example\nProxy-Authorization :*****\r\n ****\nX: Proxy-Authorization: no\n\n',
  )
})
