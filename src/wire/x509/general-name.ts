import { hex, MalformedError } from '../reader.ts'
import { context, type DerReader, tags } from './der.ts'
import { type DistinguishedName, readName } from './distinguished-name.ts'
import { showIp } from './ip.ts'
import { nameOfOid, showOid } from './names.ts'

export type GeneralNameType = 'dns' | 'ip' | 'email' | 'uri' | 'directory' | 'oid' | 'other'

export interface GeneralName {
  readonly type: GeneralNameType
  /** As a person writes it: an address, a name, or in name constraints an address with its mask. */
  readonly value: string
  /** Of a directory name. */
  readonly directory?: DistinguishedName
}

const ia5String = 22

/** A GeneralName. RFC 5280 4.2.1.6 */
export function readGeneralName(reader: DerReader): GeneralName {
  switch (reader.next) {
    case context(0):
      return { type: 'other', value: readOtherName(reader) }
    case context(1, false):
      return { type: 'email', value: reader.text('email', context(1, false), ia5String) }
    case context(2, false):
      return { type: 'dns', value: reader.text('DNS name', context(2, false), ia5String) }
    case context(4):
      return readDirectoryName(reader)
    case context(6, false):
      return { type: 'uri', value: reader.text('URI', context(6, false), ia5String) }
    case context(7, false):
      return { type: 'ip', value: readAddress(reader) }
    case context(8, false):
      return { type: 'oid', value: reader.oid('registered ID', showOid, context(8, false)) }
    case context(3):
    case context(5):
      return { type: 'other', value: hex(reader.any('general name')) }
    default:
      throw new MalformedError(reader.offset, `tag ${reader.next} is no general name`)
  }
}

export const readGeneralNames = (reader: DerReader, label: string, tag: number = tags.sequence): GeneralName[] =>
  reader.group(tag, label, names => names.list(readGeneralName), showGeneralNames)

const prefixes: Record<string, string> = { dns: 'DNS', ip: 'IP', uri: 'URI' }

export const showGeneralName = ({ type, value }: GeneralName): string => `${nameOfOid(prefixes, type)}:${value}`
export const showGeneralNames = (names: readonly GeneralName[]): string => names.map(showGeneralName).join(', ')

function readDirectoryName(reader: DerReader): GeneralName {
  const read = (inner: DerReader): DistinguishedName => readName(inner, 'name')
  const directory = reader.group(context(4), 'directory name', read, ({ text }) => text)
  return { type: 'directory', value: directory.text, directory }
}

function readOtherName(reader: DerReader): string {
  const read = (inner: DerReader): string => `${inner.oid('type', showOid)} ${hex(inner.any('value'))}`
  return reader.group(context(0), 'other name', read, text => text)
}

const addressSizes = [4, 16, 8, 32] // the last two with a mask, RFC 5280 4.2.1.10

function readAddress(reader: DerReader): string {
  const start = reader.offset
  const bytes = reader.content(context(7, false), 'IP address', showAddress)
  if (!addressSizes.includes(bytes.length)) throw new MalformedError(start, `IP address of ${bytes.length} bytes`)
  return showAddress(bytes)
}

function showAddress(bytes: Uint8Array): string {
  if (bytes.length === 4 || bytes.length === 16) return showIp(bytes)
  const half = bytes.length >> 1
  return `${showIp(bytes.subarray(0, half))}/${showIp(bytes.subarray(half))}`
}
