import type { ConnectionRuling } from '../../rules/rulings.ts'
import type { DialOptions } from './dial.ts'
import { readOtherProxy } from './other-proxy.ts'

/** How a rule wants a server to be reached. What names no proxy that Parley can use changes nothing. */
export function ruledWay({
  address,
  via,
}: Pick<ConnectionRuling, 'address' | 'via'> = {}): Pick<DialOptions, 'address' | 'way'> {
  const way = via === 'direct' ? via : via === undefined ? undefined : readOtherProxy(via)
  return { ...(address !== undefined && { address }), ...(way && { way }) }
}
