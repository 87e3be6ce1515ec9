import { compareLegs } from '../../compare/compare.ts'
import type { LegPair } from '../../compare/leg-pair.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { explainFailure } from '../../problem/explain.ts'
import { formatProcess } from '../../view/format.ts'
import { chainLines, hostOf, serverChain } from '../../view/handshake/server-chain.ts'
import { connectionTable } from '../../view/handshake/side-by-side.ts'
import { certificateJson } from '../../view/json/certificate-json.ts'
import { legsOf } from '../../view/text/flow-line.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import type { ReportConnection, ReportLeg } from './shape.ts'

/** A connection for the report, without a key. Takes a few ms. */
export function reportConnection(pair: LegPair): ReportConnection {
  const { connection, client, upstream } = pair
  const { id, target, serverName, openedAt, process, sniffed, tolerated } = connection
  const comparison = compareLegs(pair)
  const host = hostOf(connection)
  return {
    id,
    where: target ? hostAndPort(target) : (serverName ?? 'no target'),
    legs: legsOf(connection),
    openedAt: new Date(openedAt).toISOString(),
    ...(process && { process: formatProcess(process) }),
    sniffed: sniffed === true,
    table: connectionTable(pair, comparison),
    comparison: comparison.rows,
    verdict: comparison.verdict,
    problems: explainFailure(connection, client, upstream),
    ...(tolerated && { tolerated }),
    ...(client && { client: reportLeg(client, host) }),
    ...(upstream && { upstream: reportLeg(upstream, host) }),
  }
}

function reportLeg(handshake: Handshake, host: string | undefined): ReportLeg {
  const { serverCertificates, clientCertificates, keys } = handshake
  return {
    chain: chainOf(handshake, host),
    certificates: serverCertificates.map(certificateJson),
    clientCertificates: clientCertificates.map(certificateJson),
    keys: keys.map(({ name, source, value }) => ({ name, source, length: value.length })),
  }
}

function chainOf(handshake: Handshake, host: string | undefined): string[] {
  for (const message of handshake.messages) {
    const report = serverChain(handshake, message, host)
    if (report) return chainLines(report).map(({ mark, shown }) => `${mark} ${shown}`)
  }
  return []
}
