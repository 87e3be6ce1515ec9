import { readHandshakeMessage } from '../read-message.ts'
import { tls12, tls13 } from '../registry/versions.ts'
import type { ServerHello } from '../values.ts'
import { algorithmOf, checkLegacyFields, checkSelectedVersion, suiteOf, versionOf } from './checks/choice.ts'
import { checkEchoes, checkHelloExtensions } from './checks/echoes.ts'
import type { ClientState } from './client-state.ts'
import { handshakeType, type Message, type Steps } from './protocol.ts'
import { fail } from './tls-error.ts'
import { handshake12 } from './tls12/handshake.ts'
import type { Renegotiation } from './tls12/renegotiation-hello.ts'
import { handshake13 } from './tls13/handshake.ts'
import { retried } from './tls13/retry.ts'

/** What a ServerHello says, its extensions checked against the hello that stands. Throws TlsError. */
export function readServerHello(client: ClientState, { type, bytes }: Message): ServerHello {
  if (type !== handshakeType.serverHello)
    return fail('unexpected-message', `handshake message ${type} in place of ServerHello`)
  const { value, malformed } = readHandshakeMessage(bytes, { direction: 'to-client' }, false)
  if (malformed !== undefined || (value.name !== 'server_hello' && value.name !== 'hello_retry_request'))
    return fail('decode-error', `ServerHello: ${malformed}`)
  const { hello } = value
  if (hello.sessionId.length > 32) fail('decode-error', 'a session id of more than 32 bytes')
  checkEchoes(client.sent, hello.extensions, hello.retry ? [44] : []) // RFC 8446 4.2.2: nobody asks for a cookie
  checkSelectedVersion(hello, client.sent.hello)
  checkHelloExtensions(hello)
  return hello
}

/** The whole handshake, from the ServerHello on; with `before` one that renegotiates. */
export function* handshake(client: ClientState, before?: Renegotiation): Steps {
  const { agreed, options } = client
  let message = yield
  let hello = readServerHello(client, message)
  if (hello.retry) {
    message = yield* retried(client, hello, message)
    hello = readServerHello(client, message)
    checkSecond(client, hello)
  }
  client.transcript.add(message.bytes)
  const version = versionOf(hello, client.sent.hello, options.oldestVersion ?? tls12)
  if (before && version !== agreed.version) fail('protocol-version', 'another version than before')
  const facts = suiteOf(hello, client.sent, version)
  checkLegacyFields(hello, client.sent, version)
  agreed.version = version
  agreed.cipherSuite = hello.cipherSuite
  client.server.version = version
  client.records.version = version
  const algorithm = algorithmOf(facts, version, hello, options.allowMacThenEncrypt ?? false)
  if (version === tls13) yield* handshake13(client, hello, algorithm)
  else yield* handshake12(client, { hello, facts, algorithm }, before)
  client.mayRead = true
}

/** RFC 8446 4.1.4: the ServerHello keeps to what the HelloRetryRequest chose. Throws TlsError. */
function checkSecond({ agreed }: ClientState, hello: ServerHello): void {
  if (hello.retry) fail('unexpected-message', 'a second HelloRetryRequest')
  if (hello.cipherSuite !== agreed.cipherSuite) fail('illegal-parameter', 'another suite than the HelloRetryRequest')
  if (hello.selectedVersion !== tls13) fail('illegal-parameter', 'another version than the HelloRetryRequest')
  if (agreed.group !== undefined && hello.keyShare?.group !== agreed.group)
    fail('illegal-parameter', 'another group than the HelloRetryRequest')
}
