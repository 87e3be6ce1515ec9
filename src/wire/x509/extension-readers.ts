import { ByteReader, hex } from '../reader.ts'
import { readBasicConstraints, readNameConstraints } from './constraints.ts'
import { context, type DerReader, tags } from './der.ts'
import type { ExtensionValues } from './extension-values.ts'
import { readGeneralNames } from './general-name.ts'
import { extendedKeyUsages, keyUsages, nameOfOid, showOid } from './names.ts'
import { readAccess, readAuthorityAccess, readDistributionPoints } from './pointers.ts'
import { readPolicies } from './policies.ts'
import { readSctList, type Sct } from './sct.ts'

type Read = (reader: DerReader) => Partial<ExtensionValues>

/** For extensions of which only the fields count. */
function tell(read: (reader: DerReader) => unknown): Read {
  return reader => {
    read(reader)
    return {}
  }
}

const commas = (items: readonly unknown[]): string => items.join(', ')

function readNull(reader: DerReader): void {
  reader.content(tags.null, 'value', () => 'NULL')
}

function readImplicitTime(reader: DerReader, name: string, tag: number): void {
  reader.content(tag, name, bytes => Buffer.from(bytes).toString('latin1'))
}

function readKeyUsage(reader: DerReader): string[] {
  const namesOf = ({ bytes }: { bytes: Uint8Array }): string[] =>
    keyUsages.filter((_, bit) => ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  return namesOf(reader.bitString('usages', bits => commas(namesOf(bits))))
}

function readAuthorityKeyId(reader: DerReader): Partial<ExtensionValues> {
  return reader.sequence(
    'key id',
    inner => {
      const id = inner.optional(context(0, false), r => r.content(context(0, false), 'key id'))
      inner.optional(context(1), r => readGeneralNames(r, 'issuer', context(1)))
      inner.optional(context(2, false), r => r.integer('serial number', hex, context(2, false)))
      return id ? { authorityKeyId: hex(id) } : {}
    },
    ({ authorityKeyId }) => authorityKeyId ?? '',
  )
}

const readPurposes = (reader: DerReader): string[] =>
  reader.sequence('purposes', inner => inner.list(r => nameOfOid(extendedKeyUsages, r.oid('purpose', showOid))), commas)

const featureNames: Readonly<Record<number, string>> = { 5: 'status_request (must-staple)', 17: 'status_request_v2' }

const readFeatures = (reader: DerReader): number[] =>
  reader.sequence(
    'features',
    inner => inner.list(r => r.number('feature', n => featureNames[n] ?? String(n))),
    list => commas(list.map(n => featureNames[n] ?? n)),
  )

const readScts = (reader: DerReader): Sct[] =>
  reader.group(
    tags.octetString,
    'list',
    inner => readSctList(new ByteReader(inner.whole, 'SCT list', inner.offset, inner.skipRest(), inner.fields)),
    list => `${list.length} timestamps`,
  )

const readStatement = (reader: DerReader): string =>
  reader.sequence('statement', inner => {
    const oid = inner.oid('statement', showOid)
    if (inner.next !== undefined) inner.any('information')
    return oid
  })

const readTemplate = (reader: DerReader): string =>
  reader.sequence(
    'template',
    inner => {
      const oid = inner.oid('id', showOid)
      const versions = inner.list(r => r.number('version'))
      return [oid, ...versions].join(' ')
    },
    text => text,
  )

/** How the value of each known extension is read; the fields it leaves in the reader say the rest. */
export const extensionReaders: Readonly<Record<string, Read>> = {
  '2.5.29.14': reader => ({ subjectKeyId: hex(reader.content(tags.octetString, 'key id')) }),
  '2.5.29.15': reader => ({ keyUsage: readKeyUsage(reader) }),
  '2.5.29.16': tell(reader =>
    reader.sequence('period', period => {
      period.optional(context(0, false), r => readImplicitTime(r, 'not before', context(0, false)))
      period.optional(context(1, false), r => readImplicitTime(r, 'not after', context(1, false)))
    }),
  ),
  '2.5.29.17': reader => ({ subjectAlternativeNames: readGeneralNames(reader, 'names') }),
  '2.5.29.18': tell(reader => readGeneralNames(reader, 'names')),
  '2.5.29.19': readBasicConstraints,
  '2.5.29.30': reader => ({ nameConstraints: readNameConstraints(reader) }),
  '2.5.29.31': reader => ({ crlUrls: readDistributionPoints(reader) }),
  '2.5.29.32': reader => ({ policies: readPolicies(reader) }),
  '2.5.29.33': tell(reader =>
    reader.sequence('mappings', mappings =>
      mappings.list(r =>
        r.sequence('mapping', pair => `${pair.oid('issuer policy', showOid)} = ${pair.oid('subject policy', showOid)}`),
      ),
    ),
  ),
  '2.5.29.35': readAuthorityKeyId,
  '2.5.29.36': tell(reader =>
    reader.sequence('constraints', constraints => {
      constraints.optional(context(0, false), r => r.number('require explicit policy', String, context(0, false)))
      constraints.optional(context(1, false), r => r.number('inhibit policy mapping', String, context(1, false)))
    }),
  ),
  '2.5.29.37': reader => ({ extendedKeyUsage: readPurposes(reader) }),
  '2.5.29.46': tell(readDistributionPoints),
  '2.5.29.54': tell(reader => reader.number('skip certificates')),
  '1.3.6.1.5.5.7.1.1': readAuthorityAccess,
  '1.3.6.1.5.5.7.1.3': tell(reader =>
    reader.sequence(
      'statements',
      statements => statements.list(readStatement),
      shown => shown.join(', '),
    ),
  ),
  '1.3.6.1.5.5.7.1.11': tell(readAccess),
  '1.3.6.1.5.5.7.1.24': reader => ({ tlsFeatures: readFeatures(reader) }),
  '1.3.6.1.5.5.7.48.1.2': tell(reader => reader.content(tags.octetString, 'nonce')),
  '1.3.6.1.5.5.7.48.1.5': tell(readNull),
  '1.3.6.1.4.1.11129.2.4.2': reader => ({ scts: readScts(reader) }),
  '1.3.6.1.4.1.11129.2.4.3': tell(readNull),
  '1.3.6.1.4.1.11129.2.4.5': reader => ({ scts: readScts(reader) }),
  '1.3.6.1.4.1.311.20.2': tell(reader => reader.text('template name')),
  '1.3.6.1.4.1.311.21.1': tell(reader => reader.number('version')),
  '1.3.6.1.4.1.311.21.7': tell(readTemplate),
  '1.3.6.1.4.1.311.21.10': tell(readPolicies),
  '2.16.840.1.113730.1.1': tell(reader => reader.bitString('type')),
  '2.16.840.1.113730.1.13': tell(reader => reader.text('comment')),
}
