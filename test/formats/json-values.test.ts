import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JsonError, jsonValues } from '../../src/formats/json-values.ts'

test('values begin and end in the order of the text', () => {
  const text = '{"a": [1, {}], "\\u0062":"x"}'
  const seen = [...jsonValues(text)].map(event =>
    event.type === 'end'
      ? `to ${event.end}`
      : `${event.kind} ${event.name ?? event.index} from ${event.itemStart} ${event.start}`,
  )
  assert.deepEqual(seen, [
    '{ 0 from 0 0',
    '[ a from 1 6',
    'number 0 from 7 7',
    'to 8',
    '{ 1 from 10 10',
    'to 12',
    'to 13',
    'string b from 15 24',
    'to 27',
    'to 28',
  ])
})

for (const text of ['', '{', '[1,]', '{"a" 1}', '1 2', '[1}', '{,}', '{"a":}', 'x', '{1:2}', '[1 2]', ']', '{"\\x":1}'])
  test(`${JSON.stringify(text)} is no JSON`, () => {
    assert.throws(() => [...jsonValues(text)], JsonError)
    assert.throws(() => JSON.parse(text))
  })

test('a depth without end is no danger', () => {
  assert.throws(() => [...jsonValues('['.repeat(1_000_000))], /too deep/)
})
