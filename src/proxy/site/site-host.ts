import type { Target } from '../../model/connection.ts'
import { withoutRoot } from '../host-pattern.ts'
import type { SiteFacts } from './facts.ts'

/** The name under which Parley answers by itself, through the proxy alone: no resolver knows it. */
export const siteHost = 'parley.proxy'

/** Where a browser's trust shows: a name of its own, so that no exception for the other one counts. */
export const trustHost = `trust.${siteHost}`

export const isSiteHost = (host: string): boolean => [siteHost, trustHost].includes(withoutRoot(host.toLowerCase()))

/**
 * Whether somebody who asks for a path on this host means Parley itself: an address where it listens, or a name that can
 * only be this machine. Another name may be made to lead here by whoever owns it (DNS rebinding), and is not believed.
 */
export function isOwnAddress({ host, port }: Target, isOurs: SiteFacts['isOurs']): boolean {
  const isLocal = host === 'localhost' || host.endsWith('.localhost')
  return isLocal ? isOurs('127.0.0.1', port) || isOurs('::1', port) : isOurs(host, port)
}
