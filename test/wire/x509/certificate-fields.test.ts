import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from '../../../src/wire/reader.ts'
import { certificateFields } from '../../../src/wire/x509/certificate-fields.ts'
import { everything, noOpenssl, openssl } from './openssl.ts'

const flat = (fields: readonly Field[]): Field[] => fields.flatMap(field => [field, ...flat(field.children ?? [])])

test('fields lie inside their parents, in order, and one covers everything', { skip: noOpenssl }, () => {
  const { der } = everything()
  const within = (fields: readonly Field[], start: number, end: number): void => {
    for (const field of fields) {
      assert.ok(field.start >= start && field.end <= end, field.name)
      within(field.children ?? [], field.start, field.end)
    }
  }
  const fields = certificateFields(der)
  within(fields, 0, der.length)
  assert.deepEqual([fields.length, fields[0]?.start, fields[0]?.end], [1, 0, der.length])
})

test('every byte of the certificate belongs to a field without parts or is a header', { skip: noOpenssl }, () => {
  const { der, name } = everything()
  const places = new Set(flat(certificateFields(der)).map(field => field.start))
  // openssl's own walk: offset, depth, header length, kind
  const lines = openssl('asn1parse', '-in', `${name}.pem`).matchAll(/^ *(\d+):d=(\d+) /gm)
  const missing = [...lines].map(line => Number(line[1])).filter(offset => !places.has(offset))
  // Inside other names, and unknown extensions, only bytes are shown; tagged wrappers are groups.
  assert.deepEqual(missing, [])
})

test('an extension is named and shown in a line, an unknown one as number and hex', { skip: noOpenssl }, () => {
  const all = flat(certificateFields(everything().der))
  const shown = (name: string): string | undefined => all.find(field => field.name === name)?.shown
  assert.equal(shown('Basic Constraints'), 'critical, CA, path length 3')
  assert.equal(shown('Policy Constraints'), 'require explicit policy 2, inhibit policy mapping 1')
  assert.equal(shown('1.2.3.4.5.6.7'), 'critical, 0403010203')
  assert.equal(shown('Netscape Comment'), 'a comment')
  assert.equal(shown('not after'), '2035-01-01T00:00:00.000Z')
})
