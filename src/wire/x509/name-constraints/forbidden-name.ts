import type { CertificateFacts } from '../certificate.ts'
import type { NameConstraints } from '../extension-values.ts'
import type { GeneralName, GeneralNameType } from '../general-name.ts'
import { isWithin } from '../name-comparison.ts'
import { isAddressWithin } from './address.ts'
import { isDnsWithin } from './dns.ts'
import { isEmailWithin } from './email.ts'
import { isUriWithin } from './uri.ts'

/** Undefined: the name or the base is not what it should be. */
type Within = (name: GeneralName, base: GeneralName) => boolean | undefined

const byText =
  (within: (name: string, base: string) => boolean | undefined): Within =>
  (name, base) =>
    within(name.value, base.value)

const forms: Partial<Readonly<Record<GeneralNameType, Within>>> = {
  dns: byText(isDnsWithin),
  ip: byText(isAddressWithin),
  email: byText(isEmailWithin),
  uri: byText(isUriWithin),
  directory: (name, base) => name.directory && base.directory && isWithin(name.directory, base.directory),
}

/** How many comparisons of names may still be made: thousands of names and of constraints fit into a chain. */
export interface Budget {
  left: number
}
export const mostComparisons = 2 ** 18

/**
 * The first name of `facts` that the constraints forbid. What cannot be compared is not excluded, and not permitted either;
 * of forms that few clients know nothing is said. RFC 5280 4.2.1.10, 6.1.3 (b), (c)
 */
export function forbiddenName(
  facts: CertificateFacts,
  { permitted, excluded }: NameConstraints,
  budget: Budget,
): GeneralName | undefined {
  const [never, only] = [byForm(excluded), byForm(permitted)]
  return namesOf(facts).find(name => {
    const within = forms[name.type]
    const [not, but] = [never.get(name.type) ?? [], only.get(name.type) ?? []]
    budget.left -= not.length + but.length
    if (!within || budget.left < 0) return false
    const isAmong = (bases: readonly GeneralName[]): boolean => bases.some(base => within(name, base))
    return isAmong(not) || (but.length > 0 && !isAmong(but))
  })
}

const byForm = (bases: readonly GeneralName[]): ReadonlyMap<GeneralNameType, readonly GeneralName[]> =>
  Map.groupBy(bases, ({ type }) => type)

/** The subject counts too, and its mail addresses where there are no alternative names. RFC 5280 4.2.1.10 */
function namesOf({ subject, alternativeNames }: CertificateFacts): GeneralName[] {
  if (subject.steps.length === 0) return [...alternativeNames]
  const mails = alternativeNames.length > 0 ? [] : subject.attributes.filter(([type]) => type === 'emailAddress')
  return [
    ...alternativeNames,
    { type: 'directory', value: subject.text, directory: subject },
    ...mails.map(([, value]): GeneralName => ({ type: 'email', value })),
  ]
}
