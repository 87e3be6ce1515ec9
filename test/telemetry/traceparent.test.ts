import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traceParent } from '../../src/telemetry/traceparent.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'
const of = (...values: readonly string[]) => traceParent(values.map(value => ['Traceparent', value]))

test('the examples of the specification are read', () => {
  assert.deepEqual(of(`00-${trace}-${span}-01`), { traceId: trace, spanId: span, sampled: true })
  assert.deepEqual(of(`00-${trace}-${span}-00`), { traceId: trace, spanId: span, sampled: false })
  assert.equal(of(`cc-${trace}-${span}-01-what-the-future-will-be-like`)?.traceId, trace)
})

test('what is not well formed, and what is there twice, is no parent', () => {
  const whole = `00-${trace}-${span}-01`
  for (const value of [
    '',
    `00-${trace}-${span}`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `${whole}-more`,
    `ff-${trace}-${span}-01`,
    `cc-${trace}-${span}-01.what`,
  ])
    assert.equal(of(value), undefined, value)
  assert.equal(of(whole, whole), undefined)
  assert.equal(traceParent([]), undefined)
})
