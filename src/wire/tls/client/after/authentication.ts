import { dataOf } from '../checks/echoes.ts'
import type { ClientState } from '../client-state.ts'
import { extension, type Message } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import { readCertificateRequest } from '../tls13/certificate-request.ts'
import { answerFlight } from '../tls13/client-flight.ts'
import type { Traffic } from '../tls13/traffic.ts'

/**
 * A CertificateRequest behind the handshake: RFC 8446 4.6.2. Each is answered on top of the handshake alone, under the
 * secret that our records go under. Returns the answer as records. Throws TlsError.
 */
export function authenticate(client: ClientState, traffic: Traffic, message: Message): Buffer {
  const { transcript, sent } = client
  if (!dataOf(sent.hello.extensions, extension.postHandshakeAuth))
    fail('unexpected-message', 'a CertificateRequest behind the handshake, which was not offered')
  transcript.clear()
  for (const before of traffic.context) transcript.add(before)
  const request = readCertificateRequest(client, message)
  const hash = traffic.algorithm.prfHash as 'sha256' | 'sha384'
  const answer = answerFlight(client, {
    request,
    takesCertificate: traffic.takesCertificate,
    hash,
    base: traffic.write.value,
  })
  transcript.clear()
  return answer
}
