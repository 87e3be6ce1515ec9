import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDnsWithin } from '../../../../src/wire/x509/name-constraints/dns.ts'

test('a DNS name is within itself and what follows any of its dots', () => {
  for (const base of ['a.test', 'A.TEST', 'test', '']) assert.ok(isDnsWithin('b.a.test', base), base)
  assert.ok(isDnsWithin('a.test', 'a.test'))
  for (const base of ['xa.test', 'c.b.a.test', 'a', 'est']) assert.ok(!isDnsWithin('b.a.test', base), base)
  assert.ok(!isDnsWithin('badexample.com', 'example.com'))
})

test('a base that begins with a full stop wants a label more', () => {
  assert.deepEqual([isDnsWithin('b.a.test', '.a.test'), isDnsWithin('a.test', '.a.test')], [true, false])
})
