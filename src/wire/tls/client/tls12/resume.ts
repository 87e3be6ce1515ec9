import type { ServerHello } from '../../values.ts'
import { same } from '../checks/same.ts'
import type { ClientState } from '../client-state.ts'
import type { Message, Steps } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import { type Chosen, Connection12 } from './connection.ts'
import { withTicket } from './session.ts'

/** Whether the server takes up the session that was offered: RFC 5246 7.4.1.3, RFC 5077 3.4. */
export const resumes = ({ sent }: ClientState, hello: ServerHello): boolean =>
  sent.session !== undefined && hello.sessionId.length > 0 && same(hello.sessionId, sent.hello.sessionId)

/** RFC 5246 7.3: the server finishes first. Throws TlsError. */
export function* resume12(
  client: ClientState,
  chosen: Chosen,
  nextProtocol: string | undefined,
  first: Message,
): Steps {
  const { agreed, options } = client
  const session = client.sent.session!
  if (session.cipherSuite !== agreed.cipherSuite) fail('illegal-parameter', 'another suite than that of the session')
  if (session.extendedMasterSecret !== agreed.extendedMasterSecret)
    fail('handshake-failure', 'extended_master_secret changed') // RFC 7627 5.3
  agreed.resumed = true
  agreed.chain = session.chain
  agreed.scheme = session.scheme
  const connection = new Connection12(client, chosen, session.secret)
  const ticket = yield* connection.finished(first)
  client.expectTurn()
  yield* client.judged()
  options.out(connection.finish(nextProtocol), false)
  client.finished = connection.bound
  if (ticket && ticket.ticket.length > 0) client.keep(withTicket(session, ticket, client.now))
}
