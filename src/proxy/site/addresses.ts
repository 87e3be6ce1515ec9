import os from 'node:os'
import { isLocalTarget } from '../entrance/address-ranges.ts'

const unspecified = ['0.0.0.0', '::']

/** Addresses by which others reach a proxy that listens there, IPv4 first; where it listens on all, those of this machine. */
export function reachableAt(host: string, interfaces = os.networkInterfaces()): readonly string[] {
  if (!unspecified.includes(host)) return [host]
  const own = Object.values(interfaces)
    .flatMap(all => all ?? [])
    .filter(({ address, family }) => !isLocalTarget(address) && (host === '::' || family === 'IPv4'))
    .toSorted((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address)
  return own.length > 0 ? own : ['127.0.0.1']
}
