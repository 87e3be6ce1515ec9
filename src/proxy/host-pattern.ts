import { isIP } from 'node:net'

/** Whether a host fits a pattern: the same name, or `*.domain` for every name below it. */
export function matchesHost(pattern: string, host: string): boolean {
  const [wanted, name] = [withoutRoot(pattern.toLowerCase()), withoutRoot(host.toLowerCase())]
  return wanted.startsWith('*.') ? name.endsWith(wanted.slice(1)) : wanted === name
}

/** A name without the dot that stands for the root of all names (RFC 1034 3.1): it is the same name. */
export const withoutRoot = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host)

export const isAddress = (text: string): boolean => isIP(text) > 0

/** Whether matchesHost can ever fit it: no scheme, no port, no star but the first. */
export const isHostPattern = (text: string): boolean => /^(?:\*\.)?[^*:/\s]+$/.test(text) || isAddress(text)
