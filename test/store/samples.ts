// Values and files that the store's and the filter's tests share.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Act } from '../../src/model/act.ts'
import type { Connection, Leg } from '../../src/model/connection.ts'
import type { Exchange, Header, Message, RequestHead, ResponseHead } from '../../src/model/exchange.ts'

/** Runs with a folder that is gone afterwards. */
export function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  let result: Result
  try {
    result = work(folder)
  } catch (error) {
    clear()
    throw error
  }
  if (result instanceof Promise) return result.finally(clear) as Result
  clear()
  return result
}

export function exchangeOf(id: number, change: Partial<Exchange> & { path?: string; status?: number } = {}): Exchange {
  const { path = `/p/${id}`, status = 200, ...rest } = change
  return {
    id,
    connection: 1,
    request: {
      head: {
        method: 'GET',
        target: path,
        scheme: 'https',
        authority: 'api.example.com',
        path,
        version: 'HTTP/1.1',
        headers: [['Host', 'api.example.com']],
      },
      headAt: 1000 + id,
      bodyBytes: 0,
      bodyDropped: 0,
      endedAt: 1000 + id,
    },
    informational: [],
    response: {
      head: {
        status,
        reason: 'OK',
        version: 'HTTP/1.1',
        headers: [['Content-Type', 'application/json; charset=utf-8']],
      },
      headAt: 1010 + id,
      bodyBytes: 5,
      bodyDropped: 0,
      endedAt: 1020 + id,
    },
    problems: [],
    ...rest,
  }
}

export const connectionOf = (id: number, change: Partial<Connection> = {}): Connection => ({
  id,
  openedAt: 1000.25 + id,
  client: {},
  problems: [],
  ...change,
})

/** Plain objects, as the model has them; fast-check's own may lack a prototype. */
const record = <Model extends object>(model: { [Key in keyof Model]: fc.Arbitrary<Model[Key]> }): fc.Arbitrary<Model> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<Model>

const latin1 = fc.string({ unit: fc.nat({ max: 255 }).map(code => String.fromCharCode(code)), maxLength: 12 })
const time = fc.double({ min: 0, max: 4e12, noNaN: true }).map(at => at + 0)
const count = fc.nat({ max: 5000 })
const party = fc.constantFrom('client' as const, 'parley' as const, 'server' as const)

/** Without the keys whose value is undefined. */
const trimmed = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Value

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

const problem = record({ code: latin1, blame: party, message: latin1, remedy: maybe(latin1) }).map(trimmed)

const type = fc.constantFrom('text/html', 'application/json; charset=x', 'Text/CSS', 'image/png', 'font/woff2', '')
const header: fc.Arbitrary<Header> = fc.oneof(
  fc.tuple(latin1, latin1),
  fc.tuple(fc.constantFrom('Content-Type', 'content-type'), type),
)
const headers = fc.array(header, { maxLength: 4 })
const path = fc.oneof(latin1, fc.constantFrom('/', '*', '/users?x=%41', '/a_b/c.json', 'users', '', '/Ünï'))
const requestHead: fc.Arbitrary<RequestHead> = record({
  method: fc.oneof(latin1, fc.constantFrom('GET', 'POST', 'post')),
  target: path,
  scheme: fc.oneof(fc.constantFrom('http', 'https', 'wss'), latin1),
  authority: fc.oneof(fc.constantFrom('a.example', 'A.Example:8443', 'a.example:443', '[::1]:80', 'users', ''), latin1),
  path,
  version: fc.oneof(fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2'), latin1),
  headers,
  raw: maybe(latin1),
  same: fc.boolean(),
}).map(({ same, ...head }) => trimmed(same ? { ...head, path: head.target } : head)) as fc.Arbitrary<RequestHead>
const responseHead: fc.Arbitrary<ResponseHead> = record({
  status: fc.oneof(fc.constantFrom(200, 204, 301, 404, 500), fc.nat({ max: 999 })),
  reason: latin1,
  version: latin1,
  headers,
  raw: maybe(latin1),
}).map(trimmed) as fc.Arbitrary<ResponseHead>
const message = <Head>(head: fc.Arbitrary<Head>): fc.Arbitrary<Message<Head>> =>
  record({
    head,
    headAt: time,
    bodyBytes: count,
    bodyDropped: count,
    trailers: maybe(headers),
    endedAt: maybe(time),
    sameBody: maybe(fc.constant(true)),
  }).map(trimmed) as fc.Arbitrary<Message<Head>>

const act: fc.Arbitrary<Act> = record({
  by: fc.oneof(fc.constantFrom('~u /users => mock 418', 'breakpoint'), latin1),
  did: latin1,
  side: maybe(fc.constantFrom('request' as const, 'response' as const)),
}).map(trimmed) as fc.Arbitrary<Act>

const side = {
  request: message(requestHead),
  informational: fc.array(responseHead, { maxLength: 2 }),
  response: maybe(message(responseHead)),
}

/** Any exchange the model allows, of the connections 1 to 3; its id is 0 and is meant to be set. */
export const anyExchange = record({
  id: fc.constant(0),
  connection: fc.integer({ min: 1, max: 3 }),
  stream: maybe(count),
  ...side,
  server: maybe(fc.oneof(fc.constant('not-asked' as const), record(side).map(trimmed))),
  acts: maybe(fc.array(act, { minLength: 1, maxLength: 2 })),
  upgraded: maybe(fc.oneof(fc.constant('websocket'), latin1)),
  aborted: maybe(
    record({
      at: time,
      by: party,
      why: latin1,
      how: maybe(fc.constantFrom('cancelled' as const, 'connection-failed' as const)),
    }).map(trimmed),
  ),
  problems: fc.array(problem, { maxLength: 2 }),
}).map(trimmed) as fc.Arbitrary<Exchange>

const endpoint = record({ address: fc.constantFrom('127.0.0.1', '::1', '192.0.2.7'), port: fc.nat({ max: 65535 }) })
const leg = record({
  local: maybe(endpoint),
  remote: maybe(endpoint),
  connectedAt: maybe(time),
  tlsStartsAt: maybe(record({ toServer: count, toClient: count })),
  agreed: maybe(
    record({
      version: fc.constantFrom('TLSv1.3', 'TLSv1.2'),
      cipherSuite: fc.constantFrom('TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'),
      alpn: maybe(fc.oneof(fc.constantFrom('h2', 'http/1.1'), latin1)),
      resumed: fc.boolean(),
    }).map(trimmed),
  ),
}).map(trimmed) as fc.Arbitrary<Leg>

/** Any connection; its id is 0 and is meant to be set. */
export const anyConnection = record({
  id: fc.constant(0),
  openedAt: time,
  sniffed: maybe(fc.constant(true)),
  target: maybe(record({ host: fc.oneof(fc.constantFrom('a.example', 'A.Example'), latin1), port: count })),
  client: leg,
  upstream: maybe(leg),
  serverName: maybe(fc.oneof(fc.constant('a.example'), latin1)),
  protocol: maybe(fc.constantFrom('h2', 'opaque', 'websocket')),
  problems: fc.array(problem, { maxLength: 2 }),
  closed: maybe(record({ at: time })),
}).map(trimmed) as fc.Arbitrary<Connection>
