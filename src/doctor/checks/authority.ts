import { type Finding, note, ok, trouble } from '../finding.ts'
import type { StoreTrust, Surroundings } from '../surroundings.ts'

const day = 86_400_000
const soon = 30 // days

/** Whether the root is there, whole, this user's alone, and valid. */
export function checkAuthority({ authority, authorityFolder, machine }: Surroundings): readonly Finding[] {
  if (authority.state === 'none') return [ok('root', `none in ${authorityFolder} yet: the first run makes it`)]
  if (authority.state === 'refused') return [trouble('root', authority.message, authority.remedy)]
  const { fingerprint256, notBefore, notAfter } = authority
  const now = machine.now()
  const until = new Date(notAfter).toISOString().slice(0, 10)
  if (now < notBefore)
    return [trouble('root', `is valid from ${new Date(notBefore).toISOString()} on, by this clock`, 'set the clock')]
  const left = Math.floor((notAfter - now) / day)
  if (left < soon) return [note('root', `ends in ${left} days, on ${until}`, 'parley ca renew')]
  return [ok('root', `${authorityFolder}, until ${until}`), ok('fingerprint', fingerprint256)]
}

/** Which stores trust it. Only programs that are started without Parley need one. */
export const checkTrust = ({ authority, stores }: Surroundings): readonly Finding[] =>
  authority.state === 'sound' ? stores.flatMap(trustIn) : []

const stands = {
  trusted: 'trusts this root',
  'not-trusted': 'does not trust this root: programs that Parley did not start refuse its certificates',
  'other-root': "trusts another root of Parley's, not this one",
  unknown: 'cannot be asked',
} as const

function trustIn({ kind, place, standing, says }: StoreTrust): readonly Finding[] {
  if (standing === 'not-there') return []
  const said = `${place} ${stands[standing]}${says === undefined ? '' : `; ${says}`}`
  return [standing === 'trusted' ? ok(kind, said) : note(kind, said, `parley ca install ${kind}`)]
}
