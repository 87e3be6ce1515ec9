import { type Duplex, duplexPair } from 'node:stream'
import type { SiteFacts } from './facts.ts'

/** A connection to the site, which lives in this process. */
export async function openSite(facts: SiteFacts): Promise<Duplex> {
  const { serveSite } = await import('./serve-site.ts') // Node's HTTP takes 60 ms to load
  const [near, far] = duplexPair()
  near.once('close', () => far.destroy())
  serveSite(far, facts)
  return near
}
