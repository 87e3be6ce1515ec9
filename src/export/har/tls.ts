import { compareLegs, type LegPair } from '../../compare/compare.ts'
import { hostOf } from '../../view/handshake/server-chain.ts'
import type { CertificateJson } from '../../view/json/certificate-json.ts'
import { type LegJson, legJson, type TlsJson } from '../../view/json/leg-json.ts'

/** What a HAR says of TLS: of both legs, and in Chromium's words of the one with the server. */
export interface HarTls {
  readonly _tls?: unknown
  readonly _securityDetails?: unknown
}

/** Of a connection with TLS on any leg; empty for one in clear. */
export function harTls(pair: LegPair): HarTls {
  const { connection, client, upstream } = pair
  const host = hostOf(connection)
  const legOf = (leg: LegJson | undefined): TlsJson | undefined => leg?.tls
  const clientTls = client && legOf(legJson(connection.client, client, connection.openedAt, { host }))
  const upstreamTls =
    upstream && connection.upstream && legOf(legJson(connection.upstream, upstream, connection.openedAt, { host }))
  if (!clientTls && !upstreamTls) return {}
  const { rows, verdict } = compareLegs(pair)
  const differs = rows.filter(({ mark }) => mark !== '=' && mark !== '·')
  return {
    _tls: {
      ...(clientTls && { client: legTls(clientTls) }),
      ...(upstreamTls && { upstream: legTls(upstreamTls) }),
      differences: differs.map(({ aspect, client: ours, upstream: theirs, mark, why }) => ({
        ...{ aspect, client: ours, upstream: theirs, mark },
        ...(why !== undefined && { why }),
      })),
      verdict: { agreed: verdict.agreed, sentence: verdict.sentence },
    },
    ...securityDetails(upstreamTls ?? (connection.sniffed && clientTls) ?? undefined),
  }
}

function legTls({ outcome, negotiated, ja3, ja4, certificates, remarks, problems }: TlsJson): unknown {
  return {
    ...{ outcome, negotiated },
    ...(ja3 !== undefined && { ja3 }),
    ...(ja4 !== undefined && { ja4 }),
    certificates: { server: certificates.server.map(named), client: certificates.client.map(named) },
    ...(remarks.length > 0 && { remarks }),
    ...(problems.length > 0 && { problems }),
  }
}

/** Without its PEM, which show --json has: it would stand in every entry. */
const named = ({ pem: _, ...certificate }: CertificateJson): Omit<CertificateJson, 'pem'> => certificate

/** Of the Chrome DevTools Protocol (Network.SecurityDetails). */
function securityDetails(tls: TlsJson | false | undefined): HarTls {
  const certificate = tls ? tls.certificates.server[0] : undefined
  if (!tls || !certificate || tls.outcome !== 'established') return {}
  const { version, cipherSuite, group } = tls.negotiated
  return {
    _securityDetails: {
      protocol: version?.name ?? '',
      keyExchange: '',
      ...(group && { keyExchangeGroup: group.name }),
      cipher: cipherSuite?.name ?? '',
      certificateId: 0,
      subjectName: certificate.subject ?? '',
      sanList: certificate.subjectAlternativeNames ?? [],
      issuer: certificate.issuer ?? '',
      ...(certificate.notBefore !== undefined && { validFrom: Date.parse(certificate.notBefore) / 1000 }),
      ...(certificate.notAfter !== undefined && { validTo: Date.parse(certificate.notAfter) / 1000 }),
    },
  }
}
