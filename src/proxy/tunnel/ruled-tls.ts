import { isProblem } from '../../model/problem.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import type { Mirrored } from '../hello/mirror.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { tlsWishes } from '../hello/tls-wishes.ts'
import { matchesHost } from '../host-pattern.ts'
import { clientCertificateFor } from '../leg/client-certificate.ts'
import { ruledCertificate } from '../leg/ruled-certificate.ts'
import type { TunnelScope } from './scope.ts'

/** How to speak TLS with a server, as options and rules have it. */
export interface RuledTls {
  readonly mirrored: Mirrored
  readonly hasCertificate: boolean
  readonly verify: boolean
}

/** A rule goes before an option. A Problem where Parley cannot do what a rule wants. */
export function ruledTls(
  { services, ruling }: Pick<TunnelScope, 'services' | 'ruling'>,
  seen: SeenHello | undefined,
  host: string,
): RuledTls | Problem {
  const { options, mirror } = services
  const { clientCertificate: path, verify = verifies(options, host) } = ruling ?? {}
  const identity = path === undefined ? clientCertificateFor(host, options.clientCertificates) : ruledCertificate(path)
  if (identity && isProblem(identity)) return identity
  const wishes = tlsWishes(host, ruling, options.minTlsOf)
  try {
    return { mirrored: mirror.contextFor(seen, identity, wishes), hasCertificate: identity !== undefined, verify }
  } catch (error) {
    if (!ruling) throw error
    const detail = `${(error as Error).message}, because of ${ruling.by.join(', ')}`
    return problemOf('rule/tls-unusable', { detail })
  }
}

const verifies = ({ verifyUpstream, insecureHosts }: TunnelScope['services']['options'], host: string): boolean =>
  verifyUpstream && !insecureHosts?.some(pattern => matchesHost(pattern, host))
