import { u16 } from '../../../bytes.ts'
import { isGrease } from '../../registry/names.ts'
import { tls13 } from '../../registry/versions.ts'
import type { ServerHello } from '../../values.ts'
import { checkLegacyFields, suiteOf } from '../checks/choice.ts'
import { dataOf } from '../checks/echoes.ts'
import type { ClientState } from '../client-state.ts'
import { canAgree } from '../groups/named-groups.ts'
import { secondHello } from '../hello/second-hello.ts'
import type { SentHello } from '../hello/sent-hello.ts'
import { extension, type Message, type Steps } from '../protocol.ts'
import { fail, UnsupportedError } from '../tls-error.ts'

/** A HelloRetryRequest and the hello that answers it: RFC 8446 4.1.4. Returns the message that follows. */
export function* retried(client: ClientState, retry: ServerHello, message: Message): Steps<Message> {
  const { transcript, agreed, records } = client
  const { prfHash } = suiteOf(retry, client.sent, tls13)
  checkLegacyFields(retry, client.sent, tls13)
  const cookie = dataOf(retry.extensions, extension.cookie)
  if (retry.selectedGroup === undefined && !cookie)
    fail('illegal-parameter', 'a HelloRetryRequest that changes nothing')
  if (retry.selectedGroup !== undefined) checkGroup(client.sent, retry.selectedGroup)
  const confirmation = dataOf(retry.extensions, extension.encryptedClientHello)
  if (confirmation && confirmation.length !== 8) fail('decode-error', 'an ECH confirmation of another length') // RFC 9849 7.2.1
  client.expectTurn()

  agreed.retried = true
  agreed.cipherSuite = retry.cipherSuite
  agreed.group = retry.selectedGroup
  transcript.retry(prfHash)
  transcript.add(message.bytes)
  client.sent = secondHello(
    client.sent,
    retry.selectedGroup,
    cookie && cookieIn(cookie),
    prfHash,
    transcript.messages,
    client.now,
  )
  const compat = records.compat()
  client.options.out(Buffer.concat([compat, client.said(client.sent.message)]), false)
  return yield
}

function checkGroup({ hello }: SentHello, group: number): void {
  if (!hello.supportedGroups?.includes(group) || isGrease(group))
    fail('illegal-parameter', 'a group that was not offered')
  if (hello.keyShares?.some(share => share.group === group)) fail('illegal-parameter', 'a group whose share was sent')
  if (!canAgree(group)) throw new UnsupportedError(`group ${group}`)
}

/** RFC 8446 4.2.2 */
function cookieIn(data: Uint8Array): Uint8Array {
  if (data.length < 3 || u16(data, 0) !== data.length - 2) fail('decode-error', 'a cookie that is none')
  return data.subarray(2)
}
