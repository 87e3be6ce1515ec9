import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Header } from '../../../../../src/model/exchange.ts'
import { finderIn } from '../../../../../src/proxy/relay/acting/http2/field-finder.ts'

const field: fc.Arbitrary<Header> = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'))
const short = fc.array(field, { maxLength: 10 })
const long = fc.array(field, { minLength: 65, maxLength: 100 })

/** By looking at every field from `from` on, then at those before. */
function naive(fields: readonly Header[], from: number, is: (field: Header) => boolean): number {
  const later = fields.findIndex((other, at) => at >= from && is(other))
  return later >= 0 ? later : fields.findIndex(is)
}

test('few fields and many are found alike, from a place on or else from the start', () => {
  fc.assert(
    fc.property(fc.oneof(short, long), field, fc.nat(120), (fields, sought, from) => {
      const finder = finderIn(fields)
      const isSame = (other: Header) => other[0] === sought[0] && other[1] === sought[1]
      assert.equal(finder.line(sought, Math.min(from, fields.length)), naive(fields, from, isSame))
      assert.equal(
        finder.name(sought[0]),
        naive(fields, 0, other => other[0] === sought[0]),
      )
    }),
  )
})

test('of thirty thousand fields each has its place, and another value has none', () => {
  const many = (value: string): Header[] => Array.from({ length: 30_000 }, (_, i) => [`x-${i}`, value])
  const finder = finderIn(many('old'))
  assert.ok(many('new').every((line, at) => finder.line(line) < 0 && finder.name(line[0]) === at))
  assert.ok(many('old').every((line, at) => finder.line(line, at) === at))
})
