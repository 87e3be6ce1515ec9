import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from '../../../src/wire/reader.ts'
import { explain, explained } from '../../../src/wire/tls/explain.en.ts'
import { fixtureNames, readAll } from './tls-fixtures.ts'

test('every text is a sentence or three, with its source', () => {
  for (const key of explained) {
    const { text, source } = explain(key)!
    assert.match(source, /^(RFC \d+( [A-Z\d.]+)?|draft-[a-z\d-]+|IANA|ETSI .+)$/, key)
    assert.ok(text.length >= 9 && text.length < 420 && /[.)?"]$/.test(text), `${key}: ${text}`)
  }
})

test('every message of the fixtures, and every field at its top, is explained', () => {
  const missing = new Set<string>()
  for (const read of fixtureNames.flatMap(readAll)) {
    if (!explain(read.name)) missing.add(read.name)
    for (const field of read.fields) if (!isExplained(read.name, field)) missing.add(`${read.name}.${field.name}`)
  }
  assert.deepEqual([...missing], [])
})

const isExplained = (message: string, { name }: Field): boolean =>
  explain(`${message}.${name}`) !== undefined || explain(`field.${name}`) !== undefined || name.endsWith('_length')

test('a key without a text, such as a name of Object, is undefined', () => {
  assert.equal(explain('client_hello.nothing'), undefined)
  assert.equal(explain('toString'), undefined)
})
