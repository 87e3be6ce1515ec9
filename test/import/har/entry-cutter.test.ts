import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EntryCutter } from '../../../src/import/har/entry-cutter.ts'
import { everySplit } from '../../wire/every-split.ts'

const cutting = () => {
  const told: string[] = []
  const cutter = new EntryCutter(json => told.push(json))
  return {
    cutter,
    push: (bytes: Uint8Array) => cutter.push(bytes),
    answer: () => [...told, `whole: ${cutter.isWhole}`],
  }
}
const cut = (text: string) => {
  const { push, answer } = cutting()
  push(Buffer.from(text))
  return answer()
}

test('entries come whole wherever the pieces end, and nothing else does', () => {
  const text =
    '\ufeff{"entries":[{"no":1}],"log":{"pages":[{"entries":[{"no":2}]}],"c":"\\"entries\\":[{", "entries" : [\n{"a":"}]\\"é"}, {"b":[{}]} ],"x":{"entries":[{"no":3}]}},"log2":{"entries":[{}]}}'
  assert.deepEqual(everySplit(Buffer.from(text), cutting), ['{"a":"}]\\"é"}', '{"b":[{}]}', 'whole: true'])
})

test('a file that is cut gives what is before the cut', () => {
  assert.deepEqual(cut('{"log":{"entries":[{"a":1},{"b":'), ['{"a":1}', 'whole: false'])
  assert.deepEqual(cut('{"log":{}}'), ['whole: false'])
  assert.deepEqual(cut('{"log":{"entries":[]}}'), ['whole: true'])
})

test('what is in the list and no object is passed over', () => {
  assert.deepEqual(cut('{"log":{"entries":[1,"{",[{"no":1}],{"a":1}]}}').at(-2), '{"a":1}')
})

test('it finds what a reader of the whole file finds, of any entries', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.jsonValue(), (entries, other) => {
      const text = JSON.stringify({ other, log: { version: '1.2', other, entries, after: other } })
      assert.deepEqual(cut(text), [...entries.map(entry => JSON.stringify(entry)), 'whole: true'])
    }),
  )
})

test('no bytes make it throw', () => {
  const part = fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '"log"', '"entries"', '{"log":{"entries":[')
  fc.assert(fc.property(fc.array(part), parts => void cut(parts.join(''))))
})

test('an entry that is too long is left out alone, in whatever pieces it comes', () => {
  const told: string[] = []
  const cutter = new EntryCutter(json => told.push(json), 20)
  for (const byte of Buffer.from(`{"log":{"entries":[{"a":1},{"b":"${'x'.repeat(50)}"},{"c":3}]}}`))
    cutter.push(Uint8Array.of(byte))
  assert.deepEqual([told, cutter.leftOut, cutter.isWhole], [['{"a":1}', '{"c":3}'], 1, true])
})

test('how deep a list without entries goes costs nothing', () => {
  const cutter = new EntryCutter(() => {})
  const before = process.memoryUsage().rss
  cutter.push(Buffer.from('{"log":{"entries":['))
  for (let i = 0; i < 300; i++) cutter.push(Buffer.alloc(1_000_000, '['))
  assert.ok(process.memoryUsage().rss - before < 200_000_000)
  assert.equal(cutter.isWhole, false)
})
