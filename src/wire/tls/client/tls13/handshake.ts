import type { RecordAlgorithm } from '../../record-algorithm.ts'
import { cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { tls13 } from '../../registry/versions.ts'
import type { ServerHello } from '../../values.ts'
import { dataOf } from '../checks/echoes.ts'
import { checkFinished } from '../checks/finished.ts'
import type { ClientState } from '../client-state.ts'
import { extension, handshakeType, type Message, type Steps } from '../protocol.ts'
import { Schedule, verifyData } from '../schedule.ts'
import type { Session } from '../session.ts'
import { fail } from '../tls-error.ts'
import { type CertificateRequest, readCertificateRequest } from './certificate-request.ts'
import { answerFlight } from './client-flight.ts'
import { acceptEarlyData, earlyTraffic, endOfEarlyData } from './early-data.ts'
import { readEncryptedExtensions } from './encrypted-extensions.ts'
import { agreeOnKeys } from './key-share.ts'
import { serverProof } from './server-proof.ts'
import type { Traffic } from './traffic.ts'
import { TrafficSecret } from './traffic-secret.ts'

/** From a ServerHello of TLS 1.3 to our Finished: RFC 8446 2. */
export function* handshake13(client: ClientState, hello: ServerHello, algorithm: RecordAlgorithm): Steps {
  const { agreed, server, records } = client
  agreed.secureRenegotiation = true
  agreed.extendedMasterSecret = true
  const hash = algorithm.prfHash as 'sha256' | 'sha384'
  const soFar = (): Uint8Array => client.transcript.hash(hash)
  const resumed = resumedBy(client, hello, hash)
  const early = earlyTraffic(client, algorithm)
  const schedule = new Schedule(hash, resumed?.secret)
  schedule.advance(agreeOnKeys(client, hello))
  const secrets = secretsOf('handshake', client, schedule, soFar(), algorithm)
  server.opener = secrets.server.opener()
  const sealer = secrets.client.sealer() // one alone counts what goes under these keys
  records.sealer = sealer

  const told = readEncryptedExtensions(client, yield)
  if (told.earlyData) acceptEarlyData(client, early, resumed)
  let next = yield
  let request: CertificateRequest | undefined
  if (!resumed) {
    if (next.type === handshakeType.certificateRequest) {
      request = requestedNow(client, next)
      next = yield
    }
    next = yield* serverProof(client, next, told.rawKey, soFar)
  }
  checkFinished(client, next, verifyData(hash, secrets.server.value, soFar()))
  client.expectTurn()
  yield* client.judged()

  schedule.advance()
  const whole = soFar()
  const data = secretsOf('data', client, schedule, whole, algorithm)
  client.log('EXPORTER_SECRET', schedule.derive('exp master', whole))
  server.opener = data.server.opener()
  const compat = records.compat()
  const ended = told.earlyData ? endOfEarlyData(client) : Buffer.alloc(0)
  records.sealer = sealer
  const flight = answerFlight(client, { ...told, request, hash, base: secrets.client.value })
  client.options.out(Buffer.concat([compat, ended, flight]), false)
  records.sealer = data.client.sealer()
  client.traffic = trafficOf(client, data, schedule.derive('res master', soFar()), algorithm, told.takesCertificate)
}

/** What is kept for what comes behind the handshake. */
function trafficOf(
  { sent, transcript }: ClientState,
  { server: read, client: write }: Secrets,
  resumption: Uint8Array,
  algorithm: RecordAlgorithm,
  takesCertificate: boolean,
): Traffic {
  const again = dataOf(sent.hello.extensions, extension.postHandshakeAuth) !== undefined
  const context = again ? transcript.messages : []
  return { read, write, updateDue: false, resumption, algorithm, takesCertificate, context }
}

/** The session that the server resumes: RFC 8446 4.2.11. Throws TlsError. */
function resumedBy({ sent, agreed }: ClientState, { selectedPsk }: ServerHello, hash: string): Session | undefined {
  const { session } = sent
  if (selectedPsk === undefined) return undefined
  if (selectedPsk !== 0 || session?.version !== tls13) return fail('illegal-parameter', 'a PSK that was not offered')
  if (cipherSuiteFacts(session.cipherSuite)?.prfHash !== hash)
    fail('illegal-parameter', 'a suite whose hash is not that of the PSK')
  agreed.resumed = true
  agreed.chain = session.chain
  agreed.scheme = session.scheme
  agreed.provedUntil = session.provedUntil
  return session
}

/** RFC 8446 4.3.2: only behind the handshake has a request a context. */
function requestedNow(client: ClientState, message: Message): CertificateRequest {
  const request = readCertificateRequest(client, message)
  if (request.context.length > 0) fail('illegal-parameter', 'a certificate_request_context during the handshake')
  return request
}

interface Secrets {
  readonly client: TrafficSecret
  readonly server: TrafficSecret
}

/** What a stage derives, and its name in a key log: RFC 8446 7.1. */
const stages = {
  handshake: {
    client: ['c hs traffic', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'],
    server: ['s hs traffic', 'SERVER_HANDSHAKE_TRAFFIC_SECRET'],
  },
  data: {
    client: ['c ap traffic', 'CLIENT_TRAFFIC_SECRET_0'],
    server: ['s ap traffic', 'SERVER_TRAFFIC_SECRET_0'],
  },
} as const

function secretsOf(
  stage: keyof typeof stages,
  client: ClientState,
  schedule: Schedule,
  transcript: Uint8Array,
  algorithm: RecordAlgorithm,
): Secrets {
  const secretOf = ([label, logged]: readonly [string, string]): TrafficSecret => {
    const secret = schedule.derive(label, transcript)
    client.log(logged, secret)
    return new TrafficSecret(secret, algorithm)
  }
  return { client: secretOf(stages[stage].client), server: secretOf(stages[stage].server) }
}
