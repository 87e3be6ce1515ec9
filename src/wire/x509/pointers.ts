import { context, type DerReader } from './der.ts'
import type { ExtensionValues } from './extension-values.ts'
import { type GeneralName, readGeneralName, readGeneralNames, showGeneralNames } from './general-name.ts'
import { accessMethods, nameOfOid, showOid } from './names.ts'

const commas = (items: readonly unknown[]): string => items.join(', ')

/** The URLs of all points. RFC 5280 4.2.1.13 */
export function readDistributionPoints(reader: DerReader): string[] {
  const readFullName = (inner: DerReader): GeneralName[] => {
    if (inner.next === context(0)) return readGeneralNames(inner, 'full name', context(0))
    inner.any('relative name')
    return []
  }
  const readPoint = (inner: DerReader): GeneralName[] => {
    const names = inner.optional(context(0), r => r.group(context(0), 'distribution point name', readFullName))
    inner.optional(context(1, false), r => r.content(context(1, false), 'reasons'))
    inner.optional(context(2), r => readGeneralNames(r, 'CRL issuer', context(2)))
    return names ?? []
  }
  return reader.sequence(
    'points',
    points => points.list(r => urls(r.sequence('point', readPoint, showGeneralNames))).flat(),
    commas,
  )
}

const urls = (names: readonly GeneralName[]): string[] =>
  names.filter(name => name.type === 'uri').map(name => name.value)

interface Access {
  readonly method: string
  readonly location: GeneralName
}

/** AuthorityInfoAccess and SubjectInfoAccess. RFC 5280 4.2.2 */
export const readAccess = (reader: DerReader): Access[] =>
  reader.sequence(
    'descriptions',
    inner =>
      inner.list(r =>
        r.sequence(
          'description',
          one => ({ method: nameOfOid(accessMethods, one.oid('method', showOid)), location: readGeneralName(one) }),
          showAccess,
        ),
      ),
    list => commas(list.map(showAccess)),
  )

const showAccess = ({ method, location }: Access): string => `${method} ${location.value}`

export function readAuthorityAccess(reader: DerReader): Partial<ExtensionValues> {
  const list = readAccess(reader)
  const of = (method: string): string[] => urls(list.filter(access => access.method === method).map(a => a.location))
  return { ocspUrls: of('OCSP'), caIssuerUrls: of('CA issuers') }
}
