import { isProblem } from '../../model/problem.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import type { Mirrored } from '../hello/mirror.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { type TlsWishes, tlsWishes } from '../hello/tls-wishes.ts'
import { matchesHost } from '../host-pattern.ts'
import { type ClientCertificate, clientCertificateFor } from '../leg/client-certificate.ts'
import { ruledCertificate } from '../leg/ruled-certificate.ts'
import type { TunnelScope } from './scope.ts'

/** How to speak TLS with a server, as options and rules have it. */
export interface RuledTls {
  readonly wishes: TlsWishes
  /** What to show to a server that asks for a certificate. */
  readonly identity?: ClientCertificate
  readonly verify: boolean
}

type Ruled = Pick<TunnelScope, 'services' | 'ruling'>

/** A rule goes before an option. A Problem where Parley cannot do what a rule wants. */
export function ruledTls({ services: { options }, ruling }: Ruled, host: string): RuledTls | Problem {
  const { clientCertificate: path, verify = verifies(options, host) } = ruling ?? {}
  const identity = path === undefined ? clientCertificateFor(host, options.clientCertificates) : ruledCertificate(path)
  if (identity && isProblem(identity)) return identity
  return { wishes: tlsWishes(host, ruling, options.minTlsOf), ...(identity && { identity }), verify }
}

/** The same for OpenSSL: what it can do of the client's hello. A Problem for names that it has not. */
export function mirroredFor(
  { services: { mirror }, ruling }: Ruled,
  seen: SeenHello | undefined,
  { identity, wishes }: RuledTls,
): Mirrored | Problem {
  try {
    return mirror.contextFor(seen, identity, wishes)
  } catch (error) {
    if (!ruling) throw error
    const detail = `${(error as Error).message}, because of ${ruling.by.join(', ')}`
    return problemOf('rule/tls-unusable', { detail })
  }
}

const verifies = ({ verifyUpstream, insecureHosts }: TunnelScope['services']['options'], host: string): boolean =>
  verifyUpstream && !insecureHosts?.some(pattern => matchesHost(pattern, host))
