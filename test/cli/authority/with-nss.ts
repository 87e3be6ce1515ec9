import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, thisMachine } from '../../../ca/trust/surroundings.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

export const skipWithoutCertutil = findProgram(thisMachine(), 'certutil') === undefined && 'needs certutil'

/** A home with a database of NSS, and `parley ca` there. No other store may be named: they are this machine's. */
export function homeWithNss() {
  const home = ownFolder()
  const database = join(home, '.pki', 'nssdb')
  mkdirSync(database, { recursive: true })
  const certutil = (...args: string[]) => execFileSync('certutil', ['-d', `sql:${database}`, ...args]).toString()
  certutil('-N', '--empty-password')
  return {
    home,
    database,
    certutil,
    nicknames: () => [...certutil('-L').matchAll(/^(Parley CA \w+) +C,,/gm)].map(([, name]) => name!),
    ca: (...args: string[]) => runCli(home, 'ca', ...args),
  }
}
