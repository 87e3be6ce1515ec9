import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notTls } from '../../../src/wire/tls/not-tls.ts'

const say = (text: string): string | undefined => {
  const bytes = Buffer.from(text, 'latin1')
  return notTls(bytes.subarray(0, 5), () => bytes.subarray(0, 80))
}

test('the start of a record is TLS, even one byte of it', () => {
  for (const start of ['\x16', '\x16\x03', '\x16\x03\x01\x00\x05', '\x17\x03\x03', '\x15\x03'])
    assert.equal(say(start), undefined)
})

test('other protocols are named by their first line, without its control characters', () => {
  assert.equal(say('HTTP/1.1 400 Bad\x1b[31m\r\nx'), 'a plain HTTP answer instead of TLS: "HTTP/1.1 400 Bad.[31m"')
  assert.match(say('GET / HTTP/1.1\r\n') ?? '', /^a plain HTTP request/)
  assert.match(say('SSH-2.0-x\n') ?? '', /^an SSH banner/)
  assert.match(say('220 mail ESMTP\r\n') ?? '', /^an SMTP or FTP greeting/)
})

test('unknown bytes are shown in hex', () => {
  assert.equal(say('\x00\x01\x02'), 'no TLS record starts here: 000102')
  assert.equal(say('\x16\x02\x00'), 'no TLS record starts here: 160200')
})
