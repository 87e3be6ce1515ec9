import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Heard } from '../../../../src/proxy/leg/exact/heard.ts'

const alert = (description: number): Buffer => Buffer.of(21, 3, 3, 0, 2, 1, description)

test('the first words are kept, and an alert while it is the last word', () => {
  const heard = new Heard()
  const first = Buffer.from('HTTP/1.1 400 Bad Request\r\n')
  heard.record(first, undefined)
  first.fill(0)
  heard.record(alert(112), 21)
  assert.deepEqual([heard.first?.toString(), heard.warning], ['HTTP/1.1 400 Bad', 112])
  heard.record(Buffer.of(22, 3, 3, 0, 0), 22)
  assert.equal(heard.warning, undefined)
})

test('a change of cipher is no last word, and an alert under encryption tells nothing here', () => {
  const heard = new Heard()
  heard.record(alert(90), 21)
  heard.record(Buffer.of(20, 3, 3, 0, 1, 1), 20)
  assert.equal(heard.warning, 90)
  heard.record(Buffer.alloc(24), 21)
  assert.equal(heard.warning, undefined)
})

test('a CertificateRequest of the server is noted', () => {
  const heard = new Heard()
  heard.message(true, Buffer.of(13, 0, 0, 0))
  assert.equal(heard.asked, false)
  heard.message(false, Buffer.of(13, 0, 0, 0))
  assert.equal(heard.asked, true)
})
