import { isIP } from 'node:net'

/** Whether a host fits a pattern: the same name, or `*.domain` for every name below it. */
export function matchesHost(pattern: string, host: string): boolean {
  const [wanted, name] = [pattern.toLowerCase(), host.toLowerCase()]
  return wanted.startsWith('*.') ? name.endsWith(wanted.slice(1)) : wanted === name
}

export const isAddress = (text: string): boolean => isIP(text) > 0

/** Whether matchesHost can ever fit it: no scheme, no port, no star but the first. */
export const isHostPattern = (text: string): boolean => /^(?:\*\.)?[^*:/\s]+$/.test(text) || isAddress(text)
