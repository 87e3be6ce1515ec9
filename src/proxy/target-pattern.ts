import type { Target } from '../model/connection.ts'
import { inRanges, readRange } from './entrance/address-ranges.ts'
import { isAddress, isHostPattern, matchesHost } from './host-pattern.ts'

/** What a pattern says of a target. */
type Matches = (target: Target, address: string | undefined) => boolean

/** What was read before: patterns are few, and asked for every connection. */
const known = new Map<string, Matches | undefined>()
const mostKnown = 1000

/**
 * Whether a target fits a pattern: `host`, `*.domain`, `*`, an address, a range of addresses in CIDR, each with `:port`
 * behind it or without (an IPv6 address then in brackets). `address` is where the host was found, if it was looked for.
 */
export const matchesTarget = (pattern: string, target: Target, address?: string): boolean =>
  matcherOf(pattern)?.(target, address) === true

/** Whether matchesTarget can ever fit it. */
export const isTargetPattern = (text: string): boolean => matcherOf(text) !== undefined

function matcherOf(pattern: string): Matches | undefined {
  if (known.has(pattern)) return known.get(pattern)
  if (known.size >= mostKnown) known.clear()
  const made = read(pattern)
  known.set(pattern, made)
  return made
}

function read(pattern: string): Matches | undefined {
  const whole = hostMatcher(pattern)
  if (whole) return whole
  const [, v6, name = '', digits] = /^(?:\[([^\]]+)\]|([^\s[\]]+?)):(\d{1,5})$/.exec(pattern) ?? []
  const port = Number(digits)
  const host = hostMatcher(v6 ?? name)
  if (digits === undefined || port < 1 || port > 65_535 || !host) return undefined
  return (target, address) => target.port === port && host(target, address)
}

function hostMatcher(text: string): Matches | undefined {
  if (text === '*') return () => true
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  if (readRange(bare) && (bare.includes('/') || isAddress(bare))) {
    const holds = inRanges([bare])
    return ({ host }, address) => holds(host) || (address !== undefined && holds(address))
  }
  return isHostPattern(text) && !text.includes('/') ? ({ host }) => matchesHost(text, host) : undefined
}
