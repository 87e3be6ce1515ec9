import { type DerReader, tags } from './der.ts'
import { nameOfOid, policies, showOid } from './names.ts'

export interface Policy {
  readonly oid: string
  /** Absent where the policy is not a well-known one. */
  readonly name?: string
  /** Where the certification practice statement is. */
  readonly cps: readonly string[]
  /** The texts of its user notices. */
  readonly notices: readonly string[]
}

interface Qualifier {
  readonly cps?: string
  readonly notice?: string
}

const cpsQualifier = '1.3.6.1.5.5.7.2.1'
const noticeQualifier = '1.3.6.1.5.5.7.2.2'

/** CertificatePolicies. RFC 5280 4.2.1.4 */
export const readPolicies = (reader: DerReader): Policy[] =>
  reader.sequence(
    'policies',
    inner => inner.list(readPolicy),
    list => list.map(showPolicy).join(', '),
  )

const showPolicy = ({ oid, name }: Policy): string => name ?? oid

const readPolicy = (reader: DerReader): Policy =>
  reader.sequence(
    'policy',
    inner => {
      const oid = inner.oid('policy', showOid)
      const read = (r: DerReader): Qualifier[] => r.sequence('qualifiers', list => list.list(readQualifier))
      const qualifiers = inner.optional(tags.sequence, read) ?? []
      const cps = qualifiers.flatMap(qualifier => qualifier.cps ?? [])
      const notices = qualifiers.flatMap(qualifier => qualifier.notice ?? [])
      const name = nameOfOid(policies, oid)
      return name === oid ? { oid, cps, notices } : { oid, name, cps, notices }
    },
    showPolicy,
  )

const readQualifier = (reader: DerReader): Qualifier =>
  reader.sequence(
    'qualifier',
    inner => {
      const oid = inner.oid('type', showOid)
      if (oid === cpsQualifier) return { cps: inner.text('CPS') }
      if (oid === noticeQualifier) return readNotice(inner)
      inner.list(r => r.any('value'))
      return {}
    },
    ({ cps, notice }) => cps ?? notice ?? '',
  )

const readNotice = (reader: DerReader): Qualifier =>
  reader.sequence('user notice', inner => {
    inner.optional(tags.sequence, r => r.any('reference'))
    return inner.next === undefined ? {} : { notice: inner.text('text') }
  })
