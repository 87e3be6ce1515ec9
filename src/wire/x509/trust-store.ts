import { createHash } from 'node:crypto'
import { MalformedError } from '../reader.ts'
import { nameKey } from './name-comparison.ts'
import { readStructure } from './structure.ts'

/** The roots that a chain may end at, found by name or by themselves. */
export interface TrustStore {
  readonly bySubject: ReadonlyMap<string, readonly Uint8Array[]>
  readonly has: (der: Uint8Array) => boolean
}

const stores = new WeakMap<readonly Uint8Array[], TrustStore>()

/** Indexes roots once for each array; those that cannot be read are left out. */
export function trustStore(roots: readonly Uint8Array[]): TrustStore {
  const known = stores.get(roots)
  if (known) return known
  const bySubject = new Map<string, Uint8Array[]>()
  const digests = new Set<string>()
  for (const der of roots) {
    const subject = subjectOf(der)
    if (subject === undefined) continue
    digests.add(digestOf(der))
    const same = bySubject.get(subject)
    if (same) same.push(der)
    else bySubject.set(subject, [der])
  }
  const store: TrustStore = { bySubject, has: der => digests.has(digestOf(der)) }
  stores.set(roots, store)
  return store
}

const digestOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('latin1')

function subjectOf(der: Uint8Array): string | undefined {
  try {
    return nameKey(readStructure(der).subject)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
