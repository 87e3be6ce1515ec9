import type { Connection, LegClosed } from '../model/connection.ts'
import { isWhole, type Link } from '../model/link.ts'
import type { Blamed, Party } from '../model/party.ts'
import type { Problem } from '../model/problem.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { alertDescriptions, alertName } from '../wire/tls/registry/alerts.ts'
import { failureOf, type ProblemCode } from './codes.ts'
import { codeOfAlert } from './from-alert.ts'
import { sawNothing } from './from-openssl.ts'
import { codeOfSilence } from './from-silence.ts'
import { afterWhat, endedUnseen, type Farewell, farewellOf, fatalAlertOf } from './last-words.ts'
import { problemOf } from './problem.ts'

/** What a handshake itself shows. */
interface Proof {
  readonly code: ProblemCode
  /** The other end of the leg. */
  readonly peer: Party
  readonly from: Party
  readonly blame: Blamed
  /** Such as `alert unknown_ca (48) from the client, 1.0 ms after Parley’s Certificate`. */
  readonly evidence: string
  /** Where this evidence rules the usual remedy out. */
  readonly remedy?: string
}

/** What is known from elsewhere. */
export interface Beside {
  /** The same program speaks with the same server on another connection: one that it left was not needed. */
  readonly sisterWorks?: boolean
}

/**
 * What went wrong on a connection: the engine's problems with evidence and remedy filled in, and what the handshakes
 * themselves prove. Where the engine could only guess about a leg, the proof takes its place. The recorder asks once
 * the connection is over and stores the answer, which counts from then on.
 */
export function explainFailure(
  connection: Connection,
  client?: Handshake,
  upstream?: Handshake,
  beside: Beside = {},
): readonly Problem[] {
  const found = connection.explained ? connection.problems : explained(connection, client, upstream)
  const problems = connection.treatment === 'own' ? found.filter(problem => !isDistrust(problem)) : found
  return beside.sisterWorks ? problems.filter(problem => !isSilentLeave(problem)) : problems
}

function explained(connection: Connection, client?: Handshake, upstream?: Handshake): readonly Problem[] {
  const proofs = proofsOf(connection, client, upstream)
  const told = connection.problems.filter(problem => !isOutdone(problem, proofs))
  const proven = new Map(proofs.map(proof => [toldOf(proof, told), proof]))
  return [
    ...told.map(problem => withEvidence(problem, proven.get(problem))),
    ...proofs.filter(proof => !toldOf(proof, told)).map(proof => problemOf(proof.code, proof)),
  ]
}

const silentLeaves: ReadonlySet<string> = new Set<ProblemCode>([
  'tls/client-closed-after-certificate',
  'tls/client-closed-in-hello',
  'tls/closed-by-client',
  'tls/reset-by-client',
])

/** The client went without saying why: it may have distrusted what it saw, or had no use for the connection. */
export const isSilentLeave = ({ code, blame }: Problem): boolean => blame === 'client' && silentLeaves.has(code)

/** The client does not trust Parley's certificate, or may not. Where Parley's own site was asked, that is the answer and no failure. */
export const isDistrust = (problem: Problem): boolean =>
  problem.code === ('tls/client-rejected-leaf' satisfies ProblemCode) || isSilentLeave(problem)

function proofsOf(connection: Connection, client: Handshake | undefined, upstream: Handshake | undefined): Proof[] {
  const { client: near, upstream: far } = connection
  const found = isWhole(connection)
    ? [proofOf('whole', [near.closed, far?.closed].find(isPeers), upstream ?? client)]
    : [proofOf('upstream', far?.closed, upstream), proofOf('client', near.closed, client)]
  return found.filter(proof => proof !== undefined)
}

const isPeers = (closed: LegClosed | undefined): boolean => closed !== undefined && closed.by !== 'parley'

/** That Parley ended a connection says nothing where a peer's last words show why. */
const isOutdone = ({ code, blame }: Problem, proofs: readonly Proof[]): boolean =>
  (code === 'proxy/ended' && proofs.some(({ from }) => from !== 'parley')) || isGuess({ code, blame }, proofs)

const isGuess = ({ code, blame }: Pick<Problem, 'code' | 'blame'>, proofs: readonly Proof[]): boolean =>
  failureOf(code)?.guess === true &&
  proofs.some(proof => (proof.peer === blame || isOfServer(code, proof)) && outdoes(proof, code)) &&
  !proofs.some(proof => proof.code === code && proof.blame === blame)

/** About a client certificate only the server speaks, whoever is to blame. */
const isOfServer = (code: string, { peer }: Proof): boolean => peer === 'server' && aboutClientCertificate.has(code)
const aboutClientCertificate: ReadonlySet<string> = new Set<ProblemCode>([
  'tls/client-certificate-refused',
  'tls/client-certificate-required',
])

/** Codes of the engine that say only that a side failed, and of Parley's alerts that say no more. */
const nameless: ReadonlySet<string> = new Set<ProblemCode>(['tls/client-failed', 'tls/server-failed'])
const vague: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['tls/refused-by-parley', 'tls/illegal-message'])

/** Why Parley itself sent an alert the engine knows better, unless it had no name for it. */
const outdoes = (proof: Proof, code: string): boolean =>
  proof.from !== 'parley' || (nameless.has(code) && !vague.has(proof.code))

/** The engine's word for the same failure; it knows where Parley is to blame for what a peer says. */
const toldOf = (proof: Proof, told: readonly Problem[]): Problem | undefined =>
  told.find(({ code, blame }) => code === proof.code && (blame === proof.blame || blame === 'parley')) ??
  (proof.from === 'parley' ? told.findLast(({ blame }) => blame === proof.peer || blame === 'parley') : undefined)

function withEvidence(problem: Problem, proof: Proof | undefined): Problem {
  const remedy = proof?.remedy ?? problem.remedy ?? failureOf(problem.code)?.remedy
  const message = proof ? `${problem.message.replace(/\.$/, '')}; evidence: ${proof.evidence}` : problem.message
  return { ...problem, message, ...(remedy && { remedy }) }
}

/** The table names the server where either leg can fail. */
function blameFor(link: Link, code: ProblemCode, from: Party): Blamed {
  const blame = failureOf(code)?.blame ?? from
  if (link === 'whole' && blame === 'parley') return 'client'
  return link === 'client' && blame === 'server' ? 'client' : blame
}

const named: Readonly<Record<Party, string>> = { client: 'the client', parley: 'Parley', server: 'the server' }

const notOurs = 'Parley has no part in this session: it is between the client and the server.'

const howTold: Readonly<Record<Farewell['how'], string>> = {
  fin: 'FIN',
  reset: 'RST',
  close_notify: 'alert close_notify (0)',
}

function proofOf(link: Link, ended: LegClosed | undefined, handshake: Handshake | undefined): Proof | undefined {
  if (!handshake || handshake.outcome === 'none') return undefined
  const peerOf = (from: Party): Party => (link === 'whole' ? from : link === 'client' ? 'client' : 'server')
  const relayed = link === 'whole' && { remedy: notOurs }
  const found = fatalAlertOf(link, handshake)
  const gone = ended && ended.by !== 'parley' && found && ended.by !== found.from && ended.at <= found.message.at
  if (found && !gone) {
    const { alert, from, index, message } = found
    const what = `alert ${describe(alert.description)} from ${named[from]}`
    const evidence = `${what}, ${afterWhat(link, handshake, index, message.at)}`
    const code = codeOfAlert(link, handshake, found)
    return { code, peer: peerOf(from), from, blame: blameFor(link, code, from), evidence, ...relayed }
  }
  const closed = ended?.by === 'parley' ? (farewellOf(link, handshake) ?? ended) : ended
  const code = codeOfSilence(link, closed, handshake)
  if (code === undefined || !closed) return undefined
  const { by, how, at } = closed
  const when = afterWhat(link, handshake, handshake.messages.length, at)
  const evidence = `${howTold[how]} from ${named[by]}, ${when}`
  const unseen = by === 'server' && endedUnseen(handshake, at) && { remedy: sawNothing }
  return { code, peer: peerOf(by), from: by, blame: blameFor(link, code, by), evidence, ...unseen, ...relayed }
}

/** Its name and number; a number that has no name stands alone. */
const describe = (description: number): string =>
  alertDescriptions[description] === undefined ? String(description) : `${alertName(description)} (${description})`
