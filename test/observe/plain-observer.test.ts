import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observePlain } from '../../src/observe/plain-observer.ts'
import { preface } from '../wire/http2/frame-bytes.ts'
import { observed } from './observed.ts'
import { client, context, server, Transcript } from './transcript.ts'

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

test('ALPN decides at once', () => {
  for (const alpn of ['h2', 'http/1.1', 'http/1.0']) {
    const transcript = new Transcript()
    observePlain(context, alpn, transcript)
    assert.deepEqual(transcript.lines, [`protocol ${alpn}`])
  }
})

test('without ALPN, or with one that is no HTTP, the first bytes decide', () => {
  for (const alpn of [undefined, 'foo']) {
    assert.deepEqual(observed([client(get)], { alpn }), [
      'protocol http/1.1',
      '1 open GET https://a/ HTTP/1.1 {Host=a}',
      '1 request ended',
    ])
    assert.deepEqual(observed([client(preface)], { alpn }), ['protocol h2'])
    assert.deepEqual(observed([client('\x00\x01')], { alpn }), ['protocol opaque'])
  }
})

test('a server that speaks first is waited for, and then heard', () => {
  assert.deepEqual(observed([server('HTTP/1.1 408 x\r\n\r\n'), client(get)]), [
    'protocol http/1.1',
    'problem http1/response-without-request server',
    '1 open GET https://a/ HTTP/1.1 {Host=a}',
    '1 request ended',
  ])
})
