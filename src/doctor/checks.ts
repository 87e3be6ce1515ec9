import { checkAuthority, checkTrust } from './checks/authority.ts'
import { checkClock } from './checks/clock.ts'
import { checkCaptures, checkConfig } from './checks/files.ts'
import { checkLeftBehind } from './checks/left-behind.ts'
import { checkDescriptors, checkVersions } from './checks/limits.ts'
import { checkNames } from './checks/names.ts'
import { checkIpv6, checkPort } from './checks/port.ts'
import { checkVariables } from './checks/variables.ts'
import type { FindingGroup } from './finding.ts'
import type { Check, Surroundings } from './surroundings.ts'

/** Every look, under the heading that it is shown under. */
export const checks: Readonly<Record<string, readonly Check[]>> = {
  'This machine': [checkVersions, checkDescriptors, checkClock, checkLeftBehind],
  'Ways in': [checkPort, checkIpv6, checkNames],
  'Certificate authority': [checkAuthority],
  'Trust stores': [checkTrust],
  Environment: [checkVariables],
  Files: [checkConfig, checkCaptures],
}

/** All of them; a heading with nothing under it is left out. */
export async function runChecks(here: Surroundings): Promise<readonly FindingGroup[]> {
  const groups = Object.entries(checks).map(async ([title, list]) => ({
    title,
    findings: (await Promise.all(list.map(check => check(here)))).flat(),
  }))
  return (await Promise.all(groups)).filter(({ findings }) => findings.length > 0)
}
