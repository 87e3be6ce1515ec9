import { masterSecret } from '../../keys.ts'
import { dataOf } from '../checks/echoes.ts'
import { chainOf, checkKeyOfSuite, checkUsage, keyOf } from '../checks/signer.ts'
import type { ClientState } from '../client-state.ts'
import { handshake as framed } from '../framing.ts'
import { extension, handshakeType, type Message, type Steps } from '../protocol.ts'
import type { ServerChain } from '../session.ts'
import { fail } from '../tls-error.ts'
import { type ClientCertificateRequest, fitting, ownCertificate, ownProof, readRequest } from './client-proof.ts'
import { type Chosen, Connection12 } from './connection.ts'
import { agreeOnExtensions } from './extensions.ts'
import { agreeByExchange, type Exchanged, encryptPreMaster } from './key-exchange.ts'
import type { Renegotiation } from './renegotiation-hello.ts'
import { resume12, resumes } from './resume.ts'
import { sessionOf } from './session.ts'

/** From a ServerHello of TLS 1.0 to 1.2 to the server's Finished: RFC 5246 7.3. */
export function* handshake12(client: ClientState, chosen: Chosen, before?: Renegotiation): Steps {
  const { agreed, options } = client
  const { hello, facts } = chosen
  const nextProtocol = agreeOnExtensions(client, hello, before)
  let next = yield
  if (resumes(client, hello)) return yield* resume12(client, chosen, nextProtocol, next)
  agreed.chain = readChain(client, next, before)
  checkKeyOfSuite(facts, keyOf(agreed.chain), client.sent.hello)
  checkUsage(agreed.chain, facts.kx === 'rsa' ? 'keyEncipherment' : 'digitalSignature')
  next = yield
  if (next.type === handshakeType.certificateStatus) {
    agreed.chain = withStatus(client, chosen, agreed.chain, next)
    next = yield
  }
  let exchanged: Exchanged | undefined
  if (facts.kx !== 'rsa') {
    exchanged = agreeByExchange(client, chosen, next)
    next = yield
  }
  let request: ClientCertificateRequest | undefined
  if (next.type === handshakeType.certificateRequest) {
    request = readRequest(client, next)
    next = yield
  }
  client.read(next, 'server_hello_done', handshakeType.serverHelloDone)
  client.expectTurn()
  if (!before) yield* client.judged() // one that renegotiates shows the leaf that was judged

  const { preMaster, message } = exchanged ?? encryptPreMaster(client)
  const own = request && fitting(client, request)
  const flight = request ? [client.said(ownCertificate(own))] : []
  flight.push(client.said(framed(handshakeType.clientKeyExchange, message)))
  const master = masterOf(client, chosen, preMaster)
  if (own) flight.push(client.said(ownProof(client, own)))
  const connection = new Connection12(client, chosen, master)
  flight.push(connection.finish(nextProtocol))
  options.out(Buffer.concat(flight), false)
  const ticket = yield* connection.finished(yield)
  client.finished = connection.bound
  client.keep(sessionOf(client, master, hello, ticket))
}

/** The server's Certificate. RFC 7627 1: one that renegotiates must show the same leaf (triple handshakes). Throws TlsError. */
function readChain(client: ClientState, message: Message, before: Renegotiation | undefined): ServerChain {
  const { certificate } = client.read(message, 'certificate', handshakeType.certificate)
  const chain = chainOf(certificate, false)
  if (before && Buffer.compare(chain.certificates[0]!, before.leaf) !== 0)
    fail('bad-certificate', 'another certificate than before the renegotiation')
  return chain
}

/** RFC 5246 8.1, or with extended_master_secret RFC 7627 4: of the messages up to ClientKeyExchange. */
function masterOf(client: ClientState, { hello, algorithm }: Chosen, preMaster: Uint8Array): Uint8Array {
  const { prfHash } = algorithm
  const sessionHash = client.agreed.extendedMasterSecret ? client.transcript.hash(prfHash) : undefined
  return masterSecret(prfHash, preMaster, { client: client.sent.hello.random, server: hello.random }, sessionHash)
}

/** RFC 6066 8. */
function withStatus(client: ClientState, { hello }: Chosen, chain: ServerChain, message: Message): ServerChain {
  const { responses } = client.read(message, 'certificate_status', handshakeType.certificateStatus)
  const announced =
    dataOf(hello.extensions, extension.statusRequest) ?? dataOf(hello.extensions, extension.statusRequestV2)
  if (!announced) fail('unexpected-message', 'a CertificateStatus that was not announced')
  return responses[0] ? { ...chain, ocsp: responses[0] } : chain
}
