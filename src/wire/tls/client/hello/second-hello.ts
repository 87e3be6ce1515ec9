import { tls13 } from '../../registry/versions.ts'
import { list16 } from '../framing.ts'
import { keyPair } from '../groups/named-groups.ts'
import { extension } from '../protocol.ts'
import { singleShare } from './key-shares.ts'
import { bind, hashOf, pskOffer } from './pre-shared-key.ts'
import type { SentHello } from './sent-hello.ts'
import { filled, type Part } from './template.ts'

/**
 * The hello that answers a HelloRetryRequest, with no other changes than RFC 8446 4.1.2 allows: the share of `group`, the
 * cookie, no early data, and the PSK if `hash`, that of the suite, is its own. `before` are the messages that came before in
 * the transcript, `now` is in ms since the epoch. Where no group is asked for, the
 * shares stay. Throws a TlsError, illegal_parameter, for a cookie that is too long.
 */
export function secondHello(
  first: SentHello,
  group: number | undefined,
  cookie: Uint8Array | undefined,
  hash: string,
  before: readonly Uint8Array[],
  now = Date.now(),
): SentHello {
  const session = first.session?.version === tls13 && hashOf(first.session) === hash ? first.session : undefined
  const pair = group === undefined ? undefined : keyPair(group)
  const extensions = first.hello.extensions.flatMap(({ type, data }): Part[] => {
    if (type === extension.earlyData) return []
    if (type === extension.preSharedKey) return session ? [{ type, data: pskOffer(session, now) }] : []
    if (type === extension.keyShare && pair && group !== undefined) return [{ type, data: singleShare(group, pair) }]
    return [{ type, data }]
  })
  const sent = filled(first.message, first.hello, {
    random: Buffer.from(first.hello.random),
    sessionId: first.hello.sessionId,
    extensions: cookie ? withCookie(extensions, cookie) : extensions,
  })
  if (session) bind(sent.message, session, before)
  if (!pair || group === undefined) return { ...first, ...sent, session }
  return { ...sent, pairs: new Map([[group, pair]]), foreign: new Set(), session }
}

/** At the end, where padding and pre_shared_key do not stand: the latter is the last (RFC 8446 4.2.11). */
function withCookie(parts: readonly Part[], cookie: Uint8Array): readonly Part[] {
  const last = parts.findIndex(({ type }) => type === extension.padding || type === extension.preSharedKey)
  return parts.toSpliced(last < 0 ? parts.length : last, 0, { type: extension.cookie, data: list16(cookie) })
}
