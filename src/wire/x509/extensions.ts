import { type Field, hex, MalformedError } from '../reader.ts'
import { DerReader, tags } from './der.ts'
import { extensionReaders } from './extension-readers.ts'
import type { ExtensionValues } from './extension-values.ts'
import { extensions, nameOfOid, showOid } from './names.ts'

export interface Extension {
  readonly oid: string
  /** The dotted decimal where it is not a known one. */
  readonly name: string
  readonly critical: boolean
  /** The DER inside the OCTET STRING; the whole extension where that was not found. */
  readonly value: Uint8Array
  /** Where the whole extension is in the DER that was read. */
  readonly start: number
  readonly end: number
  /** False where only its bytes can be shown. */
  readonly known: boolean
  /** It does not follow its format: the sentence that says where. Its `oid` is '' where not even that was read. */
  readonly malformed?: string
}

export interface Extensions {
  readonly list: readonly Extension[]
  readonly values: Partial<ExtensionValues>
}

/** Extensions. RFC 5280 4.1.2.9. One that cannot be read is marked, and hides none of the others. */
export function readExtensions(reader: DerReader): Extensions {
  const found: Partial<ExtensionValues> = {}
  const list = reader.sequence(
    'extensions',
    inner => inner.list(r => readOrKeep(r, found)),
    all => `${all.length}`,
  )
  return { list, values: found }
}

/** What is no Extension is kept as bytes: all that is left where its own length does not fit. */
function readOrKeep(reader: DerReader, found: Partial<ExtensionValues>): Extension {
  const start = reader.offset
  const count = reader.fields.length
  try {
    return readExtension(reader, found)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    const end = reader.offset > start ? reader.offset : reader.skipRest()
    const shown = `malformed: ${error.message}`
    reader.fields.splice(count, Infinity, { name: 'extension', start, end, shown })
    const value = reader.whole.subarray(start, end)
    return { oid: '', name: 'extension', critical: false, value, start, end, known: false, malformed: error.message }
  }
}

function readExtension(reader: DerReader, found: Partial<ExtensionValues>): Extension {
  const start = reader.offset
  const fields = reader.fields
  const read = reader.sequence('extension', inner => {
    const oid = inner.oid('id', showOid)
    const critical = inner.optional(tags.boolean, r => r.boolean('critical')) ?? false
    const decode = (value: DerReader): Decoded => decodeValue(value, oid)
    const { values, ...rest } = inner.group(tags.octetString, 'value', decode, decoded => decoded.shown)
    Object.assign(found, values)
    return { oid, name: nameOfOid(extensions, oid), critical, ...rest }
  })
  const { shown, ...extension } = read
  // The group is named once its identifier is known.
  const field = fields.pop()!
  fields.push({ ...field, name: extension.name, shown: extension.critical ? `critical, ${shown}` : shown })
  return { ...extension, start, end: reader.offset }
}

interface Decoded extends Pick<Extension, 'value' | 'known' | 'malformed'> {
  readonly values: Partial<ExtensionValues>
  readonly shown: string
}

function decodeValue(outer: DerReader, oid: string): Decoded {
  const start = outer.offset
  const end = outer.skipRest()
  const value = outer.whole.subarray(start, end)
  const raw = (): void => void outer.fields.push({ name: 'bytes', start, end, shown: hex(value) })
  if (!Object.hasOwn(extensionReaders, oid)) {
    raw()
    return { value, known: false, values: {}, shown: hex(value) }
  }
  const reader = new DerReader(outer.whole, nameOfOid(extensions, oid), start, end)
  try {
    const values = extensionReaders[oid]!(reader)
    reader.finish()
    outer.fields.push(...reader.fields)
    return { value, known: true, values, shown: reader.fields.map(summary).join(', ') }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    raw()
    return { value, known: true, malformed: error.message, values: {}, shown: `malformed: ${error.message}` }
  }
}

/** What a field says, or what its parts say where it does not. */
const summary = ({ shown, children = [] }: Field): string =>
  shown || children.map(child => `${child.name} ${child.shown}`).join(', ')
