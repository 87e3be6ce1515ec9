import { parseIp } from '../ip.ts'

/** Whether an address is in the network that the base is, an address and a mask. RFC 5280 4.2.1.10 */
export function isAddressWithin(name: string, base: string): boolean | undefined {
  const address = parseIp(name)
  const [network, mask] = base.split('/').map(parseIp)
  if (!address || !network || !mask) return undefined
  if (address.length !== network.length) return false
  return address.every((octet, i) => ((octet ^ network[i]!) & mask[i]!) === 0)
}
