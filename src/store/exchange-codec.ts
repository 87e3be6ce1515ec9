import type { Act } from '../model/act.ts'
import type {
  Aborted,
  Exchange,
  ExchangeSide,
  Header,
  Message,
  RawHead,
  RequestHead,
  ResponseHead,
} from '../model/exchange.ts'
import { sides } from './codes.ts'

/**
 * An exchange as the store keeps it: JSON arrays by position, headers flattened, without the names of the fields.
 * Against JSON of the value it is a quarter shorter, and a third quicker to make; decodeExchange gives the value back.
 */
export function encodeExchange(exchange: Exchange): string {
  const { id, connection, stream, upgraded, aborted, problems, server, acts } = exchange
  const end = [upgraded ?? 0, aborted ? packAborted(aborted) : 0, problems]
  return JSON.stringify([
    [id, connection, stream ?? null],
    ...packSide(exchange),
    upgraded === undefined && !aborted && problems.length === 0 ? 0 : end,
    ...(server || acts ? [server ? (server === 'not-asked' ? 0 : packServer(server, exchange)) : null] : []),
    ...(acts ? [acts.map(packAct)] : []),
  ])
}

/** Where the text has these, for SQL. */
export const placeOf = { how: '$[4][1][3]', problem: '$[4][2][0]' } as const

/** The reverse, for text that encodeExchange made. */
export function decodeExchange(text: string): Exchange {
  const [[id, connection, stream], request, informational, response, end, server, acts] = JSON.parse(text) as Packed
  const [upgraded, aborted, problems] = end === 0 ? ([0, 0, []] as const) : end
  const client = unpackSide([request, informational, response])
  return {
    id,
    connection,
    ...(stream !== null && { stream }),
    ...client,
    ...(server != null && { server: server === 0 ? ('not-asked' as const) : unpackServer(server, client) }),
    ...(acts && { acts: acts.map(unpackAct) }),
    ...(upgraded !== 0 && { upgraded }),
    ...(aborted !== 0 && { aborted: unpackAborted(aborted) }),
    problems,
  }
}

type PackedRequestHead = [string, string, string, string, string | 0, string, string[], RawHead?]
/** Another head's start, and its headers with so many at a place gone and these in their stead. */
type PackedEdit = [0, number, number, string[]]
type PackedResponseHead = [number, string, string, string[], RawHead?]
type PackedMessage<Head> = [Head, number, number, number, number | null, string[] | 0, 1?]
type PackedAborted = [Aborted['at'], Aborted['by'], Aborted['why'], Aborted['how']?]
type PackedAct = [Act['by'], Act['did'], number?]
type PackedSide = [PackedMessage<PackedRequestHead>, PackedResponseHead[] | 0, PackedMessage<PackedResponseHead> | 0]
/** The request alone where the server's answer is what the client got. */
type PackedAsked = PackedMessage<PackedRequestHead | PackedEdit>
type PackedServer = [PackedAsked, PackedSide[1], PackedSide[2]] | [PackedAsked]
type Packed = [
  [number, number, number | null],
  ...PackedSide,
  [string | 0, PackedAborted | 0, Exchange['problems']] | 0,
  (PackedServer | 0 | null)?,
  PackedAct[]?,
]

const packAct = ({ by, did, side }: Act): PackedAct => (side ? [by, did, sides.indexOf(side)] : [by, did])

const unpackAct = ([by, did, side]: PackedAct): Act => ({
  by,
  did,
  ...(side !== undefined && { side: sides[side]! }),
})

const packAborted = ({ at, by, why, how }: Aborted): PackedAborted => (how ? [at, by, why, how] : [at, by, why])

const unpackAborted = ([at, by, why, how]: PackedAborted): Aborted => ({ at, by, why, ...(how && { how }) })

function packSide({ request, informational, response }: ExchangeSide, head = packRequestHead(request.head)): unknown[] {
  return [
    packMessage(request, head),
    informational.length === 0 ? 0 : informational.map(packResponseHead),
    response ? packMessage(response, packResponseHead(response.head)) : 0,
  ]
}

function packRequestHead({ method, target, scheme, authority, path, version, headers, raw }: RequestHead): unknown[] {
  const head = [method, target, scheme, authority, path === target ? 0 : path, version, flatten(headers)]
  return raw === undefined ? head : [...head, raw]
}

function packServer(server: ExchangeSide, client: ExchangeSide): unknown[] {
  const head = packEdit(client.request.head, server.request.head) ?? packRequestHead(server.request.head)
  if (server.informational === client.informational && hasPassed(server, client))
    return [packMessage(server.request, head)]
  return packSide(server, head)
}

/** What the server's head has otherwise; undefined where that is more than headers. */
function packEdit(before: RequestHead, after: RequestHead): PackedEdit | undefined {
  if (!hasSameStart(before, after)) return undefined
  const [old, now] = [before.headers, after.headers]
  const most = Math.min(old.length, now.length)
  let start = 0
  while (start < most && isSame(old[start]!, now[start]!)) start++
  let end = 0
  while (end < most - start && isSame(old[old.length - 1 - end]!, now[now.length - 1 - end]!)) end++
  return [0, start, old.length - end - start, flatten(now.slice(start, now.length - end))]
}

const hasSameStart = (one: RequestHead, other: RequestHead): boolean =>
  one.raw === undefined &&
  other.raw === undefined &&
  one.method === other.method &&
  one.target === other.target &&
  one.scheme === other.scheme &&
  one.authority === other.authority &&
  one.path === other.path &&
  one.version === other.version

const isSame = (one: Header, other: Header): boolean => one === other || (one[0] === other[0] && one[1] === other[1])

const hasPassed = ({ response: ours }: ExchangeSide, { response: theirs }: ExchangeSide): boolean =>
  ours === undefined ? theirs === undefined : ours.sameBody === true && ours.head === theirs?.head

function unpackServer([asked, ...answered]: PackedServer, client: ExchangeSide): ExchangeSide {
  const request = unpackMessage(asked, head =>
    isEdit(head) ? edited(client.request.head, head) : unpackRequestHead(head),
  )
  if (answered.length > 0) return { request, ...unpackResponses(answered as [PackedSide[1], PackedSide[2]]) }
  const { informational, response } = client
  return { request, informational, ...(response && { response: { ...response, sameBody: true } }) }
}

const isEdit = (head: PackedRequestHead | PackedEdit): head is PackedEdit => head[0] === 0

const edited = (head: RequestHead, [, start, gone, flat]: PackedEdit): RequestHead => ({
  ...head,
  headers: head.headers.toSpliced(start, gone, ...unflatten(flat)),
})

const unpackSide = ([request, ...responses]: PackedSide): ExchangeSide => ({
  request: unpackMessage(request, unpackRequestHead),
  ...unpackResponses(responses),
})

const unpackResponses = ([informational, response]: [PackedSide[1], PackedSide[2]]): Omit<ExchangeSide, 'request'> => ({
  informational: informational === 0 ? [] : informational.map(unpackResponseHead),
  ...(response !== 0 && { response: unpackMessage(response, unpackResponseHead) }),
})

const packMessage = (message: Message<unknown>, head: unknown[]): unknown[] => [
  head,
  message.headAt,
  message.bodyBytes,
  message.bodyDropped,
  message.endedAt ?? null,
  message.trailers ? flatten(message.trailers) : 0,
  ...(message.sameBody ? [1] : []),
]

function unpackMessage<PackedHead, Head>(
  [head, headAt, bodyBytes, bodyDropped, endedAt, trailers, sameBody]: PackedMessage<PackedHead>,
  unpackHead: (head: PackedHead) => Head,
): Message<Head> {
  return {
    head: unpackHead(head),
    headAt,
    bodyBytes,
    bodyDropped,
    ...(endedAt !== null && { endedAt }),
    ...(trailers !== 0 && { trailers: unflatten(trailers) }),
    ...(sameBody && { sameBody: true }),
  }
}

function packResponseHead({ status, reason, version, headers, raw }: ResponseHead): unknown[] {
  const head = [status, reason, version, flatten(headers)]
  return raw === undefined ? head : [...head, raw]
}

function unpackResponseHead([status, reason, version, headers, raw]: PackedResponseHead): ResponseHead {
  const head = { status, reason, version, headers: unflatten(headers) }
  return raw === undefined ? head : { ...head, raw }
}

function unpackRequestHead([
  method,
  target,
  scheme,
  authority,
  path,
  version,
  flat,
  raw,
]: PackedRequestHead): RequestHead {
  const headers = unflatten(flat)
  const head = { method, target, scheme, authority, path: path === 0 ? target : path, version, headers }
  return raw === undefined ? head : { ...head, raw }
}

function flatten(headers: readonly Header[]): string[] {
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  return flat
}

const unflatten = (flat: readonly string[]): Header[] =>
  Array.from({ length: flat.length / 2 }, (_, index) => [flat[index * 2]!, flat[index * 2 + 1]!])
