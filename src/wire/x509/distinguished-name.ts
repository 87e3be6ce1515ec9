import { hex } from '../reader.ts'
import { type DerReader, tags } from './der.ts'
import { stringTags } from './der-values.ts'
import { comparable } from './name-comparison.ts'
import { attributes, nameOfOid, showOid } from './names.ts'

export interface DistinguishedName {
  /** Short name and value in the order of the certificate. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
  /** RFC 4514: the last attribute first, such as 'CN=example.com, O=Example, C=GB'. */
  readonly text: string
  /** DER */
  readonly bytes: Uint8Array
  /** A text for each relative distinguished name: names are the same where these are. RFC 5280 7.1 */
  readonly steps: readonly string[]
}

interface Attribute {
  readonly name: string
  readonly value: string
  /** RFC 4514 2.4: escaped, or in hex with a number sign. */
  readonly text: string
  readonly comparable: string
}

/** A Name. RFC 5280 4.1.2.4 */
export function readName(reader: DerReader, label: string): DistinguishedName {
  const start = reader.offset
  const sets = reader.sequence(label, names => names.list(readSet), showName)
  const attributes = sets.flat().map(({ name, value }) => [name, value] as const)
  const steps = sets.map(set => JSON.stringify(set.map(({ comparable }) => comparable).sort()))
  return { attributes, text: showName(sets), bytes: reader.whole.subarray(start, reader.offset), steps }
}

const readSet = (names: DerReader): Attribute[] =>
  names.group(tags.set, 'relative distinguished name', set => set.list(readAttribute), showSet)

const readAttribute = (set: DerReader): Attribute =>
  set.sequence(
    'attribute',
    inner => {
      const oid = inner.oid('type', showOid)
      const name = nameOfOid(attributes, oid)
      if (stringTags.has(inner.next ?? -1)) {
        const value = inner.text('value')
        return { name, value, text: `${name}=${escaped(value)}`, comparable: `${oid}=${comparable(value)}` }
      }
      const value = `#${hex(inner.any('value'))}`
      return { name, value, text: `${name}=${value}`, comparable: `${oid}=${value}` }
    },
    ({ text }) => text,
  )

const showName = (sets: readonly Attribute[][]): string => sets.toReversed().map(showSet).join(', ')
const showSet = (set: readonly Attribute[]): string => set.map(({ text }) => text).join(' + ')

const escaped = (value: string): string => value.replace(/[",+;<>\\]|^[ #]| $/g, '\\$&')
