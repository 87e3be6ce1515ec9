import { isHostWithin } from './host.ts'

/** Whether a mailbox is the base, or at the host or in the domain that it is; undefined for no mailbox. RFC 5280 4.2.1.10 */
export function isEmailWithin(name: string, base: string): boolean | undefined {
  if (!name.includes('@')) return undefined
  const [local, host] = split(name)
  const [mailbox, outer] = split(base)
  return (mailbox === '' || mailbox === local) && isHostWithin(host, outer)
}

/** The local part, whose case counts, may be quoted and hold an @ of its own. */
function split(text: string): [local: string, host: string] {
  const at = text.lastIndexOf('@')
  return [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
}
