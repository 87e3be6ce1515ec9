import { isHostWithin } from './host.ts'

const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@]+)(?::\d*)?(?:[/?#]|$)/i // RFC 3986 3

/** Whether the host of a URI is the base, or in the domain that it is; undefined where it has none. RFC 5280 4.2.1.10 */
export function isUriWithin(name: string, base: string): boolean | undefined {
  const host = authority.exec(name)?.[1]
  return host === undefined ? undefined : isHostWithin(host, base)
}
