import net from 'node:net'
import type { TLSSocket } from 'node:tls'
import { verificationProblem } from '../../problem/from-certificate.ts'
import type { Problem } from '../../problem/problem.ts'
import type { Mirrored } from '../hello/mirror.ts'
import { now } from '../ports.ts'
import { certificateDetail } from './certificate-detail.ts'
import type { PeerCertificate } from './peer-certificate.ts'
import { hasPublicIssuer } from './public-issuer.ts'
import { alertFor } from './refusal-alert.ts'
import { identityCode } from './server-identity.ts'
import { revocation } from './stapled.ts'
import { chainWeakness, weakness } from './weakness.ts'

/** Why a server's certificate must not be trusted, and the alert that tells the server so. */
export interface Fault {
  readonly problem: Problem
  readonly alert: number
}

/** What is known of a server's certificate besides itself. */
export interface Evidence {
  readonly peer: PeerCertificate | undefined
  /** OpenSSL's or Node's word for what is wrong with the chain or the name; undefined: nothing. */
  readonly code: string | undefined
  readonly stapled: Buffer | undefined
  readonly relaxed: Mirrored['relaxed']
}

/** Undefined where nothing speaks against it. */
export function faultOf({ peer, code, stapled, relaxed }: Evidence): Fault | undefined {
  const problem =
    (stapled && revocation(stapled, peer, now())) ??
    (code === undefined
      ? undefined
      : weakness(peer, verificationProblem(code, certificateDetail(code, peer, now()), hasPublicIssuer(peer)))) ??
    (relaxed && code === undefined ? chainWeakness(peer) : undefined)
  return problem && { problem, alert: alertFor(problem.code, code) }
}

/** Once the handshake is over. */
export function verifiedCode(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined
  const error = socket.authorizationError as (Error & { code?: string }) | string | undefined
  return typeof error === 'string' ? error : (error?.code ?? error?.message ?? 'unknown')
}

interface Handle {
  verifyError?(): NodeJS.ErrnoException | null | undefined
}

/** As soon as OpenSSL has read the certificate, as Node judges it later. `name` is whose it must be. */
export function earlyCode(socket: TLSSocket, peer: PeerCertificate | undefined, name: string): string | undefined {
  const error = (socket as unknown as { readonly _handle?: Handle })._handle?.verifyError?.()
  if (error) return error.code ?? error.message
  if (!peer || (net.isIP(name) ? peer.checkIP(name) : peer.checkHost(name))) return undefined
  return identityCode(name, peer)
}
