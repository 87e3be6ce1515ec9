import type { MirrorGap } from '../model/connection.ts'
import type { ClientHello } from '../wire/tls/values.ts'
import { isGrease } from './names.ts'

const grease = 0x0a0a // RFC 8701: values differ in every hello by design, so all of them count as one

interface Part {
  readonly kind: string
  readonly list: (hello: ClientHello) => readonly number[]
}

const parts: readonly Part[] = [
  { kind: 'version', list: ({ supportedVersions, legacyVersion }) => supportedVersions ?? [legacyVersion] },
  { kind: 'legacyVersion', list: ({ legacyVersion }) => [legacyVersion] },
  { kind: 'cipherSuite', list: ({ cipherSuites }) => cipherSuites },
  { kind: 'compressionMethod', list: ({ compressionMethods }) => compressionMethods },
  { kind: 'supportedGroup', list: ({ supportedGroups }) => supportedGroups ?? [] },
  { kind: 'signatureAlgorithm', list: ({ signatureAlgorithms }) => signatureAlgorithms ?? [] },
  { kind: 'keyShare', list: ({ keyShares }) => (keyShares ?? []).map(({ group }) => group) },
  { kind: 'pskMode', list: ({ pskModes }) => pskModes ?? [] },
  { kind: 'extension', list: ({ extensions }) => extensions.map(({ type }) => type) },
]

/** All in which two ClientHellos differ, but for what is random or secret: what `sent` lacks of `hello`, and what it has besides. */
export function helloDifferences(hello: ClientHello, sent: ClientHello): MirrorGap[] {
  return [
    ...parts.flatMap(part => listDifferences(part, hello, sent)),
    ...contentDifferences(hello, sent),
    ...sessionIdDifference(hello, sent),
  ]
}

function listDifferences({ kind, list }: Part, hello: ClientHello, sent: ClientHello): MirrorGap[] {
  const [ours, theirs] = [list(hello).map(greaseFree), list(sent).map(greaseFree)]
  if (ours.length === theirs.length && ours.every((id, i) => id === theirs[i])) return []
  const [had, has] = [new Set(ours), new Set(theirs)]
  const missing = [...had].filter(id => !has.has(id))
  const added = [...has].filter(id => !had.has(id))
  const common = (values: ReadonlySet<number>, other: ReadonlySet<number>) => [...values].filter(id => other.has(id))
  const reordered = common(had, has).join() !== common(has, had).join()
  return [
    ...missing.map(id => ({ kind, id, reason: reasonFor(kind, id, theirs) })),
    ...added.map(id => ({ kind, id, reason: 'added by OpenSSL: the client does not send it', added: true as const })),
    ...(reordered ? [{ kind: `${kind}Order`, id: 0, reason: 'OpenSSL sends them in its own order' }] : []),
  ]
}

const sessionTicket = 35
const ofSession = 'it is of a session between the client and Parley'
const ofTickets = new Set([41, 42]) // pre_shared_key, early_data

function reasonFor(kind: string, id: number, sent: readonly number[]): string {
  if (kind === 'extension' && ofTickets.has(id)) return ofSession
  if (id === grease) return 'OpenSSL sends none in its lists'
  return kind === 'version' && id < Math.min(...sent) ? 'it is below --min-tls' : 'OpenSSL does not send it'
}

const greaseFree = (value: number): number => (isGrease(value) ? grease : value)

/** supported_groups, signature_algorithms, supported_versions, psk_key_exchange_modes and key_share are lists above; a ticket and a PSK are secrets. */
const told = new Set([10, 13, 35, 41, 43, 45, 51])

/** Extensions that both hellos have, of another content. */
export function contentDifferences(hello: ClientHello, sent: ClientHello): MirrorGap[] {
  const [ours, theirs] = [dataByType(hello), dataByType(sent)]
  return [...ours].flatMap(([id, data]) => {
    const other = theirs.get(id)
    if (id === sessionTicket && other && data.length > 0 && other.length === 0)
      return [{ kind: 'extension', id, reason: ofSession }]
    if (!other || told.has(id) || isGrease(id) || Buffer.compare(data, other) === 0) return []
    return [{ kind: 'extension', id, reason: reasons[id] ?? `with other content: ${lengths(data, other)}` }]
  })
}

const reasons: Readonly<Record<number, string>> = {
  65037: 'made up: what is in it only the client can encrypt',
}

const lengths = (ours: Uint8Array, theirs: Uint8Array): string =>
  ours.length === theirs.length ? `${ours.length} bytes` : `${theirs.length} bytes instead of ${ours.length}`

/** The first of a type counts; a hello can hold thousands. */
export const dataByType = ({ extensions }: ClientHello): ReadonlyMap<number, Uint8Array> =>
  new Map(extensions.toReversed().map(({ type, data }) => [type, data]))

function sessionIdDifference({ sessionId: ours }: ClientHello, { sessionId: theirs }: ClientHello): MirrorGap[] {
  if (ours.length === theirs.length) return []
  const added = ours.length === 0 && { added: true as const }
  return [{ kind: 'sessionId', id: ours.length, reason: `${theirs.length} bytes instead of ${ours.length}`, ...added }]
}
