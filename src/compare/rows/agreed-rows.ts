import type { Handshake } from '../../wire/tls/handshake.ts'
import { type CompareAspects, type ComparisonRow, type Difference, rowOf } from '../comparison.ts'
import { answerHidden, notVisible, proofHidden } from '../hidden.ts'
import type { LegPair } from '../leg-pair.ts'
import { cipherSuiteName, groupName, signatureAlgorithmName, versionName } from '../names.ts'
import { cipherSuiteStrength, groupStrength, type Strength, versionStrength } from '../strength.ts'
import { type Absence, withoutGroup, withoutSignature } from '../unsigned.ts'

/** What was agreed: version, cipher suite, group, signature algorithm, ALPN and server name. */
export const agreedRows: CompareAspects = pair => [
  ...numberRow(pair, 'version', 'Version', 'version', versionName, versionStrength),
  ...numberRow(pair, 'cipher-suite', 'Cipher suite', 'cipherSuite', cipherSuiteName, cipherSuiteStrength),
  ...numberRow(pair, 'group', 'Key exchange group', 'group', groupName, groupStrength, withoutGroup),
  ...signatureRow(pair),
  ...alpnRow(pair),
  ...serverNameRow(pair),
]

type NumberAspect = 'version' | 'cipherSuite' | 'group'

function numberRow(
  pair: LegPair,
  aspect: string,
  label: string,
  key: NumberAspect,
  nameOf: (value: number) => string,
  strengthOf: (value: number) => Strength,
  without: (leg: Handshake | undefined) => Absence | undefined = () => undefined,
): ComparisonRow[] {
  const { client, upstream } = pair
  const [ours, theirs] = [client?.negotiated[key], upstream?.negotiated[key]]
  if (ours === undefined && theirs === undefined) return []
  const [ourLack, theirLack] = [without(client), without(upstream)]
  const shown = (value: number | undefined, lack: Absence | undefined) => named(value, nameOf) ?? lack?.shown
  return rowOf(
    aspect,
    label,
    shown(ours, ourLack),
    shown(theirs, theirLack),
    () =>
      notAlike(pair, key) ??
      (ours === undefined || theirs === undefined
        ? { mark: '≠', why: (ourLack ?? theirLack)!.why }
        : compareStrength(ours, theirs, nameOf, strengthOf, whoChose(key))),
  )
}

/** Parley was to choose as the server did, and something of it could not be chosen. */
function notAlike({ connection }: LegPair, kind: string): Difference | undefined {
  const gap = connection.client.choiceGaps?.find(gap => gap.kind === kind)
  return gap && { mark: '~', why: `Parley could not choose as the server did: ${gap.reason}.` }
}

function signatureRow(pair: LegPair): ComparisonRow[] {
  const { client, upstream } = pair
  const [ours, theirs] = [client?.negotiated.signatureAlgorithm, upstream?.negotiated.signatureAlgorithm]
  const unread = (leg: typeof client) => (proofHidden(leg) ? notVisible : undefined)
  if (ours === undefined && theirs === undefined && !unread(client) && !unread(upstream)) return []
  const [ourLack, theirLack] = [withoutSignature(client), withoutSignature(upstream)]
  return rowOf(
    'signature-algorithm',
    'Signature algorithm',
    named(ours, signatureAlgorithmName) ?? unread(client) ?? ourLack?.shown,
    named(theirs, signatureAlgorithmName) ?? unread(upstream) ?? theirLack?.shown,
    () => notAlike(pair, 'signatureAlgorithm') ?? { mark: '≠', why: (ourLack ?? theirLack)?.why ?? ownKeys },
  )
}

const ownKeys = 'Each certificate has its own key: Parley signs with its leaf key, the server with the server’s.'

const whoChose = (key: NumberAspect): string =>
  key === 'version'
    ? 'Parley chose the highest version the client offers, the server the highest it supports.'
    : 'Parley chose on the client leg, the server on the upstream leg.'

function compareStrength(
  ours: number,
  theirs: number,
  nameOf: (value: number) => string,
  strengthOf: (value: number) => Strength,
  otherwise: string,
): Difference {
  const [client, upstream] = [strengthOf(ours), strengthOf(theirs)]
  if (client.rank === upstream.rank) return { mark: '≠', why: otherwise }
  const clientIsWeaker = client.rank < upstream.rank
  const [weakLeg, weak, strong] = clientIsWeaker ? ['client', ours, theirs] : ['upstream', theirs, ours]
  const because = (clientIsWeaker ? client : upstream).because
  return {
    mark: '!',
    why: `The ${weakLeg} leg is the weaker one: ${nameOf(weak as number)} ${because}, unlike ${nameOf(strong as number)}. ${otherwise}`,
  }
}

function alpnRow({ connection, client, upstream }: LegPair): ComparisonRow[] {
  const [ours, theirs] = [client?.negotiated.alpn, upstream?.negotiated.alpn]
  const unread = (leg: typeof client) => answerHidden(leg) && leg.clientHello?.alpn !== undefined
  const settled = (leg: typeof client) =>
    leg?.negotiated.version === undefined ? undefined : unread(leg) ? notVisible : (leg.negotiated.alpn ?? 'none')
  if (ours === undefined && theirs === undefined && !unread(client) && !unread(upstream)) return []
  return rowOf('alpn', 'ALPN', settled(client), settled(upstream), () =>
    connection.problems.length > 0
      ? {
          mark: '≠',
          why: 'The upstream leg failed, so Parley answers the client itself, in a protocol it speaks.',
        }
      : {
          mark: '!',
          why: 'Parley does not translate, so one side speaks a protocol the other does not expect.',
        },
  )
}

function serverNameRow({ client, upstream }: LegPair): ComparisonRow[] {
  const nameOf = (leg: typeof client) => (leg?.clientHello ? (leg.clientHello.serverName ?? 'none') : undefined)
  return rowOf('sni', 'Server name (SNI)', nameOf(client), nameOf(upstream), () => ({
    mark: '!',
    why: 'Parley asked for a different name than the client did, so the server may answer for another site.',
  }))
}

const named = (value: number | undefined, nameOf: (value: number) => string): string | undefined =>
  value === undefined ? undefined : nameOf(value)
