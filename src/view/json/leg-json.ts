import { answerHidden, proofHidden } from '../../compare/hidden.ts'
import { cipherSuiteName, groupName, signatureAlgorithmName, versionName } from '../../compare/names.ts'
import { firstHello } from '../../compare/rows/fingerprint-rows.ts'
import type { Leg } from '../../model/connection.ts'
import { ja3, ja4 } from '../../wire/tls/fingerprint.ts'
import type { Handshake, Negotiated, Remark } from '../../wire/tls/handshake.ts'
import type { ChainReport } from '../../wire/x509/chain.ts'
import { serverChain } from '../handshake/server-chain.ts'
import { type CertificateJson, certificateJson } from './certificate-json.ts'
import { type MessageJson, messagesJson, type RecordJson, recordsJson } from './message-json.ts'

interface NumberJson {
  readonly number: number
  readonly name: string
}

type Named = 'version' | 'cipherSuite' | 'group' | 'signatureAlgorithm'

/** `unknown`, and of a boolean nothing, is what stands in messages that nobody could open. */
export interface NegotiatedJson
  extends Omit<Negotiated, Named | 'earlyData' | 'clientCertificate' | 'ocspStapled'>,
    Partial<Readonly<Record<Named, NumberJson>>> {
  readonly earlyData: Negotiated['earlyData'] | 'unknown'
  readonly clientCertificate: Negotiated['clientCertificate'] | 'unknown'
  readonly ocspStapled?: boolean
}

export interface TlsJson {
  readonly outcome: Handshake['outcome']
  readonly negotiated: NegotiatedJson
  readonly messages: readonly MessageJson[]
  readonly records: readonly RecordJson[]
  readonly certificates: { readonly server: readonly CertificateJson[]; readonly client: readonly CertificateJson[] }
  /** What is to be said of the server's certificates; absent where none came. */
  readonly chain?: Pick<ChainReport, 'path' | 'daysLeft' | 'matchedName' | 'problems'>
  readonly ja3?: string
  readonly ja4?: string
  readonly remarks: readonly Remark[]
  readonly problems: readonly string[]
}

type Times = 'dialledAt' | 'connectedAt' | 'tunnelledAt' | 'secureAt' | 'lookup' | 'closed'

/** Times in ms since the connection opened. */
export interface LegJson extends Omit<Leg, Times> {
  readonly lookup?: {
    readonly name: string
    readonly addresses: readonly string[]
    readonly start: number
    readonly end: number
    readonly literal: boolean
  }
  readonly dialled?: number
  readonly connected?: number
  /** When another proxy had opened the way to the server. */
  readonly tunnelled?: number
  readonly secure?: number
  readonly closed?: { readonly time: number; readonly by: string; readonly how: string }
  /** Absent where the leg had no TLS. */
  readonly tls?: TlsJson
}

/** How much a leg tells. */
interface Asked {
  /** For whom the certificate is to be. */
  readonly host?: string | undefined
  /** The bytes of every message too. */
  readonly bytes?: boolean | undefined
}

export function legJson(leg: Leg, handshake: Handshake | undefined, openedAt: number, asked: Asked = {}): LegJson {
  const { lookup, dialledAt, connectedAt, tunnelledAt, secureAt, closed, ...same } = leg
  return {
    ...same,
    ...(lookup && { lookup: lookupJson(lookup, openedAt) }),
    ...(dialledAt !== undefined && { dialled: dialledAt - openedAt }),
    ...(connectedAt !== undefined && { connected: connectedAt - openedAt }),
    ...(tunnelledAt !== undefined && { tunnelled: tunnelledAt - openedAt }),
    ...(secureAt !== undefined && { secure: secureAt - openedAt }),
    ...(closed && { closed: { time: closed.at - openedAt, by: closed.by, how: closed.how } }),
    ...(handshake && { tls: tlsJson(handshake, openedAt, asked) }),
  }
}

const lookupJson = (
  { name, addresses, startedAt, endedAt, literal }: NonNullable<Leg['lookup']>,
  openedAt: number,
) => ({
  name,
  addresses,
  start: startedAt - openedAt,
  end: endedAt - openedAt,
  literal,
})

function tlsJson(handshake: Handshake, openedAt: number, { host, bytes }: Asked): TlsJson {
  const hello = firstHello(handshake)
  return {
    outcome: handshake.outcome,
    negotiated: negotiatedJson(handshake),
    messages: messagesJson(handshake, openedAt, bytes),
    records: recordsJson(handshake, openedAt),
    certificates: {
      server: handshake.serverCertificates.map(certificateJson),
      client: handshake.clientCertificates.map(certificateJson),
    },
    ...chainJson(handshake, host),
    ...(hello && { ja3: ja3(hello).hash, ja4: ja4(hello).hash }),
    remarks: handshake.remarks,
    problems: handshake.problems,
  }
}

function chainJson(handshake: Handshake, host: string | undefined): Pick<TlsJson, 'chain'> {
  for (const message of handshake.messages) {
    const report = serverChain(handshake, message, host)
    if (!report) continue
    const { path, daysLeft, matchedName, problems } = report
    const known = { ...(daysLeft !== undefined && { daysLeft }), ...(matchedName !== undefined && { matchedName }) }
    return { chain: { path, ...known, problems } }
  }
  return {}
}

function negotiatedJson(leg: Handshake): NegotiatedJson {
  const { version, cipherSuite, group, signatureAlgorithm, earlyData, clientCertificate, ocspStapled, ...same } =
    leg.negotiated
  const asked = leg.clientHello?.earlyData === true
  return {
    ...(version !== undefined && { version: { number: version, name: versionName(version) } }),
    ...(cipherSuite !== undefined && { cipherSuite: { number: cipherSuite, name: cipherSuiteName(cipherSuite) } }),
    ...(group !== undefined && { group: { number: group, name: groupName(group) } }),
    ...(signatureAlgorithm !== undefined && {
      signatureAlgorithm: { number: signatureAlgorithm, name: signatureAlgorithmName(signatureAlgorithm) },
    }),
    ...same,
    earlyData: asked && earlyData === 'none' && answerHidden(leg) ? 'unknown' : earlyData,
    clientCertificate: proofHidden(leg) ? 'unknown' : clientCertificate,
    ...(!proofHidden(leg) && { ocspStapled }),
  }
}
