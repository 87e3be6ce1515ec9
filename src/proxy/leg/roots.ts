import tls from 'node:tls'

/** The roots that servers are verified by, in PEM: the system's, Node's own where there are none, and those that were given. */
export function trustedRoots(extra: readonly string[]): string[] {
  const system = tls.getCACertificates('system')
  return [...(system.length > 0 ? system : tls.getCACertificates('bundled')), ...extra]
}
