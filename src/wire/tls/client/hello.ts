import { randomBytes } from 'node:crypto'
import { readClientHello } from '../messages/client-hello.ts'
import { digest } from '../prf.ts'
import { cipherSuiteFacts } from '../registry/cipher-suite-facts.ts'
import type { ClientHello, Extension } from '../values.ts'
import { canAgree, type KeyPair, keyPair } from './groups.ts'
import { Schedule, verifyData } from './schedule.ts'
import type { Session } from './tls-client.ts'

const tls13 = 0x0304

export const ext = {
  earlyData: 42,
  cookie: 44,
  keyShare: 51,
  padding: 21,
  preSharedKey: 41,
  sessionTicket: 35,
} as const

/** What is sent, and the private halves of the shares in it. */
export interface SentHello {
  readonly message: Buffer
  readonly hello: ClientHello
  readonly pairs: ReadonlyMap<number, KeyPair>
  /** Groups whose share is the client's own, because nobody here can make one. */
  readonly foreign: ReadonlySet<number>
  /** What it offers to resume. */
  readonly session?: Session | undefined
}

type Part = Pick<Extension, 'type' | 'data'>

/** The client's own ClientHello with our key shares and a random of our own. `message` has its four header bytes. */
export function ownShares(message: Uint8Array, offered?: Session, random: Buffer = randomBytes(32)): SentHello {
  const client = readClientHello(message)
  const session = offered && mayResume(client, offered) ? offered : undefined
  const pairs = new Map<number, KeyPair>()
  const foreign = new Set<number>()
  const shares = (client.keyShares ?? []).map(({ group, keyExchange }) => {
    const pair = keyPair(group, reusesX25519(client) ? pairs : undefined)
    if (!pair || pair.share.length !== keyExchange.length) {
      if (!isGrease(group)) foreign.add(group)
      return share(group, keyExchange)
    }
    pairs.set(group, pair)
    return share(group, pair.share)
  })
  const parts = client.extensions.flatMap(({ type, data }): Part[] => {
    if (type === ext.keyShare) return [{ type, data: list16(Buffer.concat(shares)) }]
    // The client's tickets and early data are between it and us.
    if (type === ext.preSharedKey) return session?.version === tls13 ? [{ type, data: pskOf(session) }] : []
    if (type === ext.earlyData) return []
    if (type === ext.sessionTicket)
      return [{ type, data: (session && session.version < tls13 && session.ticket) || Buffer.alloc(0) }]
    return [{ type, data }]
  })
  const ids =
    session && session.version < tls13
      ? { sessionId: session.sessionId ?? (client.sessionId.length > 0 ? client.sessionId : randomBytes(32)) }
      : {}
  const sent = assembled(message, { ...client, ...ids }, random, parts, pairs, foreign, session)
  if (session?.version === tls13) bind(sent, session, [])
  return sent
}

/** Firefox and Go put the same X25519 key into the hybrid share and the plain one; then so do we. */
function reusesX25519({ keyShares = [] }: ClientHello): boolean {
  const plain = keyShares.find(({ group }) => group === 29)?.keyExchange
  const hybrid = keyShares.find(({ group }) => group === 4588)?.keyExchange
  return !!plain && !!hybrid && Buffer.from(hybrid.subarray(-32)).equals(plain)
}

/** The hello that answers a HelloRetryRequest: RFC 8446 4.1.2. */
export function secondHello(
  first: SentHello,
  group: number | undefined,
  cookie: Uint8Array | undefined,
  hash: string,
  before: readonly Uint8Array[],
): SentHello {
  const session = first.session?.version === tls13 && hashOf(first.session) === hash ? first.session : undefined
  const pair = group === undefined ? undefined : keyPair(group)
  const pairs = pair && group !== undefined ? new Map([[group, pair]]) : first.pairs
  const parts: Part[] = first.hello.extensions
    .filter(({ type }) => type !== ext.earlyData && (type !== ext.preSharedKey || session))
    .map(({ type, data }) => {
      if (type === ext.preSharedKey && session) return { type, data: pskOf(session) }
      return type === ext.keyShare && pair && group !== undefined
        ? { type, data: list16(share(group, pair.share)) }
        : { type, data }
    })
  if (cookie) {
    const last = parts.findIndex(({ type }) => type === ext.padding || type === ext.preSharedKey)
    parts.splice(last < 0 ? parts.length : last, 0, { type: ext.cookie, data: list16(cookie) })
  }
  const sent = assembled(
    first.message,
    first.hello,
    Buffer.from(first.hello.random),
    parts,
    pairs,
    first.foreign,
    session,
  )
  if (session) bind(sent, session, before)
  return sent
}

/** Whether the client resumes in this hello what we have a session for. */
function mayResume(client: ClientHello, session: Session): boolean {
  if (session.version === tls13) {
    const same = client.cipherSuites.some(
      suite => cipherSuiteFacts(suite)?.kx === 'tls13' && cipherSuiteFacts(suite)?.prfHash === hashOf(session),
    )
    return client.psk !== undefined && (client.pskModes?.includes(1) ?? false) && same
  }
  if (!client.cipherSuites.includes(session.cipherSuite)) return false
  return session.ticket ? (client.sessionTicket?.length ?? 0) > 0 : client.sessionId.length > 0
}

const hashOf = ({ cipherSuite }: Session): 'sha256' | 'sha384' => cipherSuiteFacts(cipherSuite)?.prfHash ?? 'sha256'
const binderLength = (session: Session): number => (hashOf(session) === 'sha384' ? 48 : 32)

/** RFC 8446 4.2.11: one identity, and its binder still in zeros. */
function pskOf(session: Session): Buffer {
  const age = Buffer.alloc(4)
  age.writeUInt32BE((Date.now() - session.receivedAt + session.ageAdd) % 0x1_0000_0000)
  return Buffer.concat([
    list16(Buffer.concat([list16(session.ticket!), age])),
    list16(list8(Buffer.alloc(binderLength(session)))),
  ])
}

/** Fills in the binder, which is the end of the hello: RFC 8446 4.2.11.2. */
function bind({ message }: SentHello, session: Session, before: readonly Uint8Array[]): void {
  const hash = hashOf(session)
  const end = message.length - binderLength(session)
  const transcript = digest(hash, [...before, message.subarray(0, end - 3)])
  message.set(verifyData(hash, new Schedule(hash, session.secret).derive('res binder'), transcript), end)
}

function assembled(
  template: Uint8Array,
  hello: ClientHello,
  random: Buffer,
  parts: readonly Part[],
  pairs: ReadonlyMap<number, KeyPair>,
  foreign: ReadonlySet<number>,
  session: Session | undefined,
): SentHello {
  const idEnd = 39 + template[38]!
  const fixedEnd = idEnd + 2 + 2 * hello.cipherSuites.length + 1 + hello.compressionMethods.length
  const fixed = Buffer.concat([
    template.subarray(4, 6),
    random,
    list8(hello.sessionId),
    template.subarray(idEnd, fixedEnd),
  ])
  const extensions = parts.map(({ type, data }) => Buffer.concat([u16(type), list16(data)]))
  const tail = fixedEnd === template.length ? [] : [list16(Buffer.concat(extensions))]
  const message = handshake(1, Buffer.concat([fixed, ...tail]))
  return { message, hello: readClientHello(message), pairs, foreign, session }
}

/** Whether every group that a server could choose by HelloRetryRequest or ServerHello is one that we can do. */
export const unsupportedGroups = (hello: ClientHello): number[] =>
  (hello.supportedGroups ?? []).filter(group => !isGrease(group) && !canAgree(group))

export const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 255)
export const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 255)
export const list8 = (data: Uint8Array): Buffer => Buffer.concat([Buffer.of(data.length), data])
export const list16 = (data: Uint8Array): Buffer => Buffer.concat([u16(data.length), data])
export const list24 = (data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(data.length >> 16, (data.length >> 8) & 255, data.length & 255), data])
export const handshake = (type: number, body: Uint8Array): Buffer => Buffer.concat([Buffer.of(type), list24(body)])
const share = (group: number, key: Uint8Array): Buffer => Buffer.concat([u16(group), list16(key)])
