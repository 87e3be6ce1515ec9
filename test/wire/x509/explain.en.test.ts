import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from '../../../src/wire/reader.ts'
import { certificateFields } from '../../../src/wire/x509/certificate-fields.ts'
import { explain } from '../../../src/wire/x509/explain.en.ts'
import { everything, noOpenssl } from './openssl.ts'

const below = (fields: readonly Field[], name: string): readonly Field[] =>
  fields.flatMap(field => (field.name === name ? (field.children ?? []) : below(field.children ?? [], name)))

test('the parts of a certificate are explained, and each of its extensions', { skip: noOpenssl }, () => {
  const fields = certificateFields(everything().der)
  const parts = [...below(fields, 'certificate'), ...below(fields, 'to be signed')].map(({ name }) => name)
  const extensions = below(below(fields, 'extensions'), 'extensions').map(({ name }) => name)
  assert.ok(parts.length > 8 && extensions.length > 5, `${parts} ${extensions}`)
  assert.deepEqual(
    [...parts, ...extensions].filter(name => !explain(name) && !/^(Netscape|Microsoft|[\d.]+$)/.test(name)),
    [],
  )
})
