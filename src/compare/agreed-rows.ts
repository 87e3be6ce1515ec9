import { type CompareAspects, type ComparisonRow, type Difference, rowOf } from './comparison.ts'
import type { LegPair } from './leg-pair.ts'
import { cipherSuiteName, groupName, signatureAlgorithmName, versionName } from './names.ts'
import { cipherSuiteStrength, groupStrength, type Strength, versionStrength } from './strength.ts'

/** What was agreed: version, cipher suite, group, signature algorithm, ALPN and server name. */
export const agreedRows: CompareAspects = pair => [
  ...numberRow(pair, 'version', 'Version', 'version', versionName, versionStrength),
  ...numberRow(pair, 'cipher-suite', 'Cipher suite', 'cipherSuite', cipherSuiteName, cipherSuiteStrength),
  ...numberRow(pair, 'group', 'Key exchange group', 'group', groupName, groupStrength),
  ...rowOf(
    'signature-algorithm',
    'Signature algorithm',
    named(pair.client?.negotiated.signatureAlgorithm, signatureAlgorithmName),
    named(pair.upstream?.negotiated.signatureAlgorithm, signatureAlgorithmName),
    () => ({
      mark: '≠',
      why: 'Each certificate has a key of its own: Parley signs with its leaf key, the server with its own.',
    }),
  ),
  ...alpnRow(pair),
  ...serverNameRow(pair),
]

type NumberAspect = 'version' | 'cipherSuite' | 'group'

function numberRow(
  { client, upstream }: LegPair,
  aspect: string,
  label: string,
  key: NumberAspect,
  nameOf: (value: number) => string,
  strengthOf: (value: number) => Strength,
): ComparisonRow[] {
  const [ours, theirs] = [client?.negotiated[key], upstream?.negotiated[key]]
  return rowOf(aspect, label, named(ours, nameOf), named(theirs, nameOf), () =>
    compareStrength(ours!, theirs!, nameOf, strengthOf, whoChose(key)),
  )
}

const whoChose = (key: NumberAspect): string =>
  key === 'version'
    ? 'Parley chose the highest version that the client offers, the server the highest that it knows.'
    : 'On the client leg Parley chose, on the upstream leg the server.'

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

function alpnRow({ client, upstream }: LegPair): ComparisonRow[] {
  const [ours, theirs] = [client?.negotiated.alpn, upstream?.negotiated.alpn]
  const settled = (leg: typeof client) =>
    leg?.negotiated.version === undefined ? undefined : (leg.negotiated.alpn ?? 'none')
  if (ours === undefined && theirs === undefined) return []
  return rowOf('alpn', 'ALPN', settled(client), settled(upstream), () => {
    const offered = client?.clientHello?.alpn
    if (theirs !== undefined && offered && !offered.includes(theirs))
      return {
        mark: '!',
        why: `The server chose ${theirs}, which the client did not offer, so Parley translates between the two.`,
      }
    return { mark: '!', why: 'The two legs speak different protocols, so Parley translates between them.' }
  })
}

function serverNameRow({ client, upstream }: LegPair): ComparisonRow[] {
  const nameOf = (leg: typeof client) => (leg?.clientHello ? (leg.clientHello.serverName ?? 'none') : undefined)
  return rowOf('sni', 'Server name (SNI)', nameOf(client), nameOf(upstream), () => ({
    mark: '!',
    why: 'The server was asked for another name than the client asked for, so it may answer for another site.',
  }))
}

const named = (value: number | undefined, nameOf: (value: number) => string): string | undefined =>
  value === undefined ? undefined : nameOf(value)
