import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Direction } from '../../src/model/party.ts'
import type { Problem as StoredProblem } from '../../src/model/problem.ts'
import { explainFailure } from '../../src/problem/explain.ts'
import { tlsProblem } from '../../src/problem/from-openssl.ts'
import { lateProblem, serverProblem } from '../../src/problem/from-server.ts'
import { type Problem, problemOf } from '../../src/problem/problem.ts'
import { connectionJson } from '../../src/view/json/connection-json.ts'
import type { Handshake } from '../../src/wire/tls/handshake.ts'
import { alertDescriptions } from '../../src/wire/tls/registry/alerts.ts'
import type { MessageValue } from '../../src/wire/tls/values.ts'
import {
  alertOf,
  certificateOf,
  helloOf,
  makeConnection,
  makeHandshake,
  makeHello,
  openedAt,
  type Said,
} from '../compare/make.ts'

/** Alerts that OpenSSL has a name for; close_notify and no_renegotiation refuse nothing. */
const alerts = Object.entries(alertDescriptions)
  .map(([description, name]) => ({ description: Number(description), name: String(name).toUpperCase() }))
  .filter(({ description }) => ![0, 52, 100, 115, 117, 121].includes(description))
const coded = (name: string): NodeJS.ErrnoException =>
  Object.assign(new Error('told by OpenSSL'), { code: `ERR_SSL_SSL/TLS_ALERT_${name}` })

const toClient = (value: MessageValue): Said => ['to-client', value]
const hello = helloOf(makeHello())
const flight = [toClient({ name: 'server_hello', hello: {} as never }), certificateOf('to-client')]
const request = toClient({ name: 'certificate_request', request: { signatureAlgorithms: [], authorities: [] } })
const exchange: Said = ['to-server', { name: 'client_key_exchange' } as never]
const finished: Said = ['to-server', { name: 'finished', verifyData: new Uint8Array(12) }]
const verify: Said = [
  'to-server',
  { name: 'certificate_verify', verify: { algorithm: 1, signature: new Uint8Array(1) } },
]
const offer = makeHello()
const long = { received: 1500, offer }

type Page = (error: NodeJS.ErrnoException) => Problem
/** What passed on the upstream leg before the alert, and the problem of the page that the client gets. */
const stages: Readonly<Record<string, readonly [said: readonly Said[], certificates: number, page: Page]>> = {
  'in answer to the hello': [[hello], 0, error => serverProblem(error, { received: 7, offer })],
  'after a handshake without a client certificate': [
    [hello, ...flight, exchange, finished],
    0,
    error => serverProblem(error, long),
  ],
  'after no client certificate': [
    [hello, ...flight, request, certificateOf('to-server'), exchange, finished],
    0,
    error => serverProblem(error, { ...long, asked: true }),
  ],
  'after a client certificate': [
    [hello, ...flight, request, certificateOf('to-server'), exchange, verify, finished],
    1,
    error => serverProblem(error, { ...long, asked: true, hadCertificate: true }),
  ],
  'after no client certificate, late': [
    [hello, ...flight, request, certificateOf('to-server'), finished],
    0,
    error => lateProblem(error, false),
  ],
  'after a client certificate, late': [
    [hello, ...flight, request, certificateOf('to-server'), verify, finished],
    1,
    error => lateProblem(error, true),
  ],
}

const failed = (said: readonly Said[], more: Partial<Handshake> = {}): Handshake =>
  makeHandshake(said, { outcome: 'failed', ...more })
const codesOf = (problems: readonly StoredProblem[]) => problems.map(({ code }) => code)
const short = ({ code, blame }: Problem): string => `${code} (${blame})`

for (const [when, [said, certificates, page]] of Object.entries(stages))
  test(`what a server refuses ${when} is the same failure on page, row and JSON, told once, and no agreement`, () => {
    for (const { description, name } of alerts) {
      const told = page(coded(name))
      const clientCertificates = Array.from({ length: certificates }, () => new Uint8Array(1))
      const upstream = failed([...said, alertOf('to-client', description)], { clientCertificates })
      const connection = makeConnection({ problems: [told] })
      const row = explainFailure(connection, undefined, upstream)
      assert.deepEqual(
        row.map(problem => short(problem as Problem)),
        [short(told)],
        name,
      )
      const { problems, verdict } = connectionJson({ connection, client: failed([hello]), upstream })
      assert.deepEqual(problems, row)
      assert.notEqual(verdict.agreed, 'yes', name)
    }
  })

for (const [when, said] of Object.entries({
  'before Parley’s certificate': [hello],
  'after Parley’s certificate': [hello, ...flight],
}))
  test(`what a client refuses ${when} is one failure, and the client’s`, () => {
    for (const { description, name } of alerts) {
      if (said.length === 1 && /CERTIFICATE|UNKNOWN_CA|ACCESS/.test(name)) continue // of what it has not seen
      const client = failed([...said, alertOf('to-server', description)])
      const row = explainFailure(makeConnection({ problems: [tlsProblem('client', coded(name))] }), client)
      assert.deepEqual([row.length, row[0]?.blame], [1, 'client'], `${name}: ${row.map(p => p.code).join(', ')}`)
    }
  })

test('where the engine knows that Parley is to blame for what a server says, the alert proves it', () => {
  const told = problemOf('tls/no-common-alpn', { blame: 'parley', detail: 'a script runs on this host' })
  const problems = explainFailure(
    makeConnection({ problems: [told] }),
    undefined,
    failed([hello, alertOf('to-client', 120)]),
  )
  assert.deepEqual(codesOf(problems), [told.code])
  assert.match(problems[0]!.message, /a script runs on this host; evidence: alert no_application_protocol/)
  assert.equal(problems[0]!.blame, 'parley')
})

test('a warning before a close says why, on either leg; one that the handshake went on after does not', () => {
  const gone = { at: openedAt + 9, how: 'fin' } as const
  const connection = makeConnection({
    client: { closed: { ...gone, by: 'client' } },
    upstream: { closed: { ...gone, by: 'server' } },
    problems: [problemOf('tls/closed-by-server')],
  })
  const of = (direction: Direction, description: number, ...more: Said[]) =>
    failed([hello, certificateOf('to-client'), alertOf(direction, description, 1), ...more])
  assert.deepEqual(codesOf(explainFailure(connection, undefined, of('to-client', 112))), ['tls/unrecognized-name'])
  const client = explainFailure({ ...connection, problems: [] }, of('to-server', 48))
  assert.deepEqual(codesOf(client), ['tls/client-rejected-leaf'])
  const on = of('to-client', 112, ['to-client', { name: 'server_hello_done' }])
  assert.deepEqual(codesOf(explainFailure(connection, undefined, on)), ['tls/closed-by-server'])
})
