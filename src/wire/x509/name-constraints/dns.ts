/**
 * Whether a DNS name is the base or has it for its last labels; a base that begins with a full stop wants one label more, as
 * clients read what RFC 5280 4.2.1.10 does not provide for.
 */
export function isDnsWithin(name: string, base: string): boolean {
  const [inner, outer] = [name.toLowerCase(), base.toLowerCase()]
  return outer === '' || inner === outer || inner.endsWith(outer.startsWith('.') ? outer : `.${outer}`)
}
