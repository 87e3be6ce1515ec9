import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { questionOf, Verdicts } from '../../../../src/proxy/leg/exact/verdicts.ts'
import { mint } from '../../../wire/x509/mint.ts'

const verdict = { peer: new X509Certificate(mint({ subject: 'CN=a' }).der), code: undefined }
const hour = 3_600_000
const now = 1e12

test('a verdict is kept for an hour', () => {
  const verdicts = new Verdicts()
  assert.equal(verdicts.known('a', now), undefined)
  verdicts.keep('a', verdict, now, [])
  assert.deepEqual(
    [now, now + hour, now + hour + 1, now - 1].map(at => verdicts.known('a', at) === verdict),
    [true, true, false, false],
  )
})

test('it does not outlive a date of the chain', () => {
  const verdicts = new Verdicts()
  verdicts.keep('a', verdict, now, [now - hour, now + 1000, now + 2 * hour])
  assert.deepEqual([verdicts.known('a', now + 1000), verdicts.known('a', now + 1001)], [verdict, undefined])
})

test('the newest verdict counts, and only some are kept', () => {
  const verdicts = new Verdicts()
  const other = { ...verdict, code: 'CERT_HAS_EXPIRED' }
  verdicts.keep('a', verdict, now, [])
  verdicts.keep('a', other, now + 1, [])
  assert.equal(verdicts.known('a', now + 1), other)
  for (let i = 0; i < 256; i++) verdicts.keep(`b${i}`, verdict, now, [])
  assert.equal(verdicts.known('a', now + 1), undefined)
})

test('chains that are cut otherwise, other hosts and other levels are other questions', () => {
  const [a, b] = [Buffer.from('ab'), Buffer.from('cd')]
  const questions = [
    questionOf([a, b], 'h', false),
    questionOf([Buffer.from('abcd')], 'h', false),
    questionOf([Buffer.from('abc'), Buffer.from('d')], 'h', false),
    questionOf([b, a], 'h', false),
    questionOf([a, b], 'i', false),
    questionOf([a, b], 'h', true),
    questionOf([a, b, Buffer.alloc(0)], 'h', false),
  ]
  assert.equal(new Set(questions).size, questions.length)
  assert.equal(questionOf([Buffer.from('ab'), b], 'h', false), questions[0])
})
