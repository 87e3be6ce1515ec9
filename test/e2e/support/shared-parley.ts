import { after } from 'node:test'
import { type Identities, makeIdentities } from './identities.ts'
import { identityArguments, startOpensslServer } from './openssl.ts'
import { type Parley, startParley } from './parley.ts'
import type { Owner } from './processes.ts'

export interface SharedParley {
  parley(): Promise<Parley>
  identities(): Promise<Identities>
  /** An `openssl s_server` for localhost that this Parley trusts; its port. */
  server(owner: Owner, ...args: string[]): Promise<number>
}

/** One authority and one proxy for all tests of a file that need no options of their own. */
export function sharedParley(...options: string[]): SharedParley {
  // `after` of node:test belongs to the test that calls it, so what outlives one is cleaned up with the file
  const cleaners: (() => unknown)[] = []
  const file: Owner = { after: clean => void cleaners.push(clean) }
  after(async () => {
    for (const clean of cleaners.reverse()) await clean()
  })
  let made: Promise<Identities> | undefined
  let started: Promise<Parley> | undefined
  const identities = (): Promise<Identities> => {
    made ??= makeIdentities(file)
    return made
  }
  const parley = (): Promise<Parley> => {
    started ??= identities().then(({ caPath }) => startParley(file, '--upstream-ca', caPath, ...options))
    return started
  }
  return {
    parley,
    identities,
    async server(owner, ...args) {
      const files = (await identities()).leaf('good', { host: 'localhost' })
      return (await startOpensslServer(owner, '-www', ...identityArguments(files), ...args)).port
    },
  }
}
