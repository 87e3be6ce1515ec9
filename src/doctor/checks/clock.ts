import { basename } from 'node:path'
import { type Finding, ok, trouble } from '../finding.ts'
import type { Surroundings } from '../surroundings.ts'

const tolerance = 120_000 // ms

const mends: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
}

/** Whether something was made later than now: then certificates that are valid seem not to be. Nobody else is asked. */
export function checkClock({ machine, authority, captures }: Surroundings): readonly Finding[] {
  const made: (readonly [what: string, at: number])[] = captures.paths.map(path => [
    basename(path),
    machine.stateOf(path)?.changedAt ?? 0,
  ])
  if (authority.state === 'sound') made.push(['the root', authority.notBefore])
  const now = machine.now()
  const latest = made.reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0])
  const said = new Date(now).toISOString().slice(0, 16).replace('T', ' ')
  if (latest[1] <= now + tolerance) return [ok('clock', `${said} UTC, later than all that Parley has made`)]
  const says = `it is ${said} UTC by this clock, but ${latest[0]} is from ${new Date(latest[1]).toISOString().slice(0, 16)}`
  return [trouble('clock', says, mends[machine.platform] ?? 'sudo timedatectl set-ntp true')]
}
