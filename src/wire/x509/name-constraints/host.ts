/** Whether a host is the base, or below it where that begins with a full stop: as URIs and mail have it. RFC 5280 4.2.1.10 */
export function isHostWithin(host: string, base: string): boolean {
  const [inner, outer] = [host.toLowerCase(), base.toLowerCase()]
  return outer.startsWith('.') ? inner.length > outer.length && inner.endsWith(outer) : inner === outer
}
