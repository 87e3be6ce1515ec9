import net, { type BlockList, type IPVersion } from 'node:net'
import os from 'node:os'

/** An address in the form of IPv4 inside IPv6 (`::ffff:127.0.0.1`) counts as the IPv4 address. */
const familyOf = (address: string): IPVersion => (net.isIPv6(address) ? 'ipv6' : 'ipv4')
const within = (ranges: BlockList, address: string): boolean =>
  net.isIP(address) > 0 && ranges.check(withoutZone(address), familyOf(address))

/** Of a link-local address the name of the interface: `fe80::1%eth0`. */
const withoutZone = (address: string): string => address.split('%', 1)[0]!

/** `address/bits`, or an address alone; undefined where it is neither. */
export function readRange(text: string): { readonly address: string; readonly bits: number } | undefined {
  const [, address = '', prefix] = /^([\da-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const most = net.isIPv4(address) ? 32 : net.isIPv6(address) ? 128 : -1
  const bits = prefix === undefined ? most : Number(prefix)
  return bits < 0 || bits > most ? undefined : { address, bits }
}

/** Whether an address lies in one of the ranges; a text that is no range holds none. */
export function inRanges(texts: readonly string[]): (address: string) => boolean {
  const ranges = new net.BlockList()
  for (const range of texts.map(readRange))
    if (range) ranges.addSubnet(range.address, range.bits, familyOf(range.address))
  return address => within(ranges, address)
}

const usual = new Set(['127.0.0.1', '::1']) // a BlockList takes microseconds
const inLoopback = inRanges(['127.0.0.0/8', '::1'])

export const isLoopback = (address: string): boolean => usual.has(address) || inLoopback(address)

/** What only this machine or its link can mean: loopback, link-local (cloud metadata among it), unspecified. */
export const isLocalTarget = inRanges(['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '::/96', 'fe80::/10'])

/** Loopback, or an address of one of this machine's interfaces. */
export const isThisMachine = (address: string): boolean =>
  isLoopback(address) ||
  Object.values(os.networkInterfaces()).some(all =>
    inRanges((all ?? []).map(each => withoutZone(each.address)))(address),
  )
