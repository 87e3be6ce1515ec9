import { ByteReader, type Field } from '../../../../src/wire/reader.ts'
import type { ExtensionContext, ExtensionFacts } from '../../../../src/wire/tls/extensions/decoder.ts'
import { readExtensions } from '../../../../src/wire/tls/extensions/read-extensions.ts'
import { fromHex, vectorHex } from '../tls-fixtures.ts'

export interface ReadOne {
  readonly shown: string
  readonly facts: ExtensionFacts
  readonly field: Field
  readonly problems: readonly string[]
}

/** Reads one extension from the hex of its data. */
export function readOne(type: number, context: ExtensionContext, data: string): ReadOne {
  const bytes = fromHex(vectorHex(2, type.toString(16).padStart(4, '0') + vectorHex(2, data)))
  const r = new ByteReader(bytes, 'test')
  const problems: string[] = []
  const { facts } = readExtensions(r, { bytes, context: { direction: 'to-server' }, problems }, context)
  const field = r.fields.at(-1)!.children![0]!
  return { shown: field.shown, facts, field, problems }
}
