import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '../../src/model/problem.ts'
import { explainFailure } from '../../src/problem/explain.ts'
import { problemOf } from '../../src/problem/problem.ts'
import type { Direction } from '../../src/wire/direction.ts'
import type { Handshake } from '../../src/wire/tls/handshake.ts'
import {
  alertOf,
  certificateOf,
  helloOf,
  makeConnection,
  makeHandshake,
  makeHello,
  openedAt,
  recordLegs,
  type Said,
} from '../compare/make.ts'
import { identity } from '../wire/tls/test-certificates.ts'

const hello = helloOf(makeHello())
const failed = (said: readonly Said[], over: Partial<Handshake> = {}) =>
  makeHandshake(said, { outcome: 'failed', ...over })
const codesOf = (problems: readonly Problem[]) => problems.map(({ code }) => code)
const request: Said = [
  'to-client',
  { name: 'certificate_request', request: { signatureAlgorithms: [], authorities: [] } },
]
const finished = (direction: Direction): Said => [direction, { name: 'finished', verifyData: new Uint8Array(12) }]
const verified: Said = [
  'to-server',
  { name: 'certificate_verify', verify: { algorithm: 0x0403, signature: new Uint8Array(1) } },
]
const retry: Said = ['to-client', { name: 'hello_retry_request', hello: {} as never }]

test('a client that answers our certificate with unknown_ca rejected our leaf', () => {
  const client = failed([hello, certificateOf('to-client'), alertOf('to-server', 48)])
  const [problem] = explainFailure(makeConnection(), client)
  assert.equal(problem?.code, 'tls/client-rejected-leaf')
  assert.equal(problem?.blame, 'client')
  assert.match(problem?.message ?? '', /unknown_ca \(48\) from the client, 1\.0 ms after Parley’s Certificate/)
  assert.match(problem?.remedy ?? '', /parley ca path/)
})

test('the same alert before our certificate is no rejected leaf', () => {
  const client = failed([hello, alertOf('to-server', 48)])
  assert.deepEqual(codesOf(explainFailure(makeConnection(), client)), ['tls/refused-by-client'])
})

const closedBy = (by: 'client' | 'parley', how: 'fin' | 'reset') =>
  makeConnection({ client: { closed: { at: openedAt + 40, by, how } } })

test('a client that hangs up on our certificate is suspected of pinning', () => {
  const client = failed([hello, certificateOf('to-client')])
  const problems = explainFailure(closedBy('client', 'fin'), client)
  assert.deepEqual(codesOf(problems), ['tls/client-closed-after-certificate'])
  assert.match(problems[0]!.message, /FIN from the client, 38\.0 ms after/)
})

test('that a client does not trust Parley’s own site is no failure of it; all else is', () => {
  const own = (over: Parameters<typeof makeConnection>[0] = {}) => makeConnection({ treatment: 'own', ...over })
  const rejected = failed([hello, certificateOf('to-client'), alertOf('to-server', 48)])
  assert.deepEqual(explainFailure(own(), rejected), [])
  const { client } = closedBy('client', 'fin')
  assert.deepEqual(explainFailure(own({ client }), failed([hello, certificateOf('to-client')])), [])
  const old = explainFailure(own(), failed([hello, alertOf('to-client', 70)]))
  assert.deepEqual(codesOf(old), ['tls/no-common-version'])
})

test('a client that hangs up before our certificate is not', () => {
  assert.deepEqual(codesOf(explainFailure(closedBy('client', 'reset'), failed([hello]))), ['tls/reset-by-client'])
})

test('a leg that we closed ourselves, or that was established, is nobody’s failure', () => {
  assert.deepEqual(explainFailure(closedBy('parley', 'fin'), failed([hello])), [])
  assert.deepEqual(explainFailure(closedBy('client', 'fin'), makeHandshake([hello, certificateOf('to-client')])), [])
})

const upstreamCases: readonly (readonly [string, Handshake])[] = [
  ['tls/no-common-version', failed([hello, alertOf('to-client', 70)])],
  ['tls/no-common-suite', failed([hello, alertOf('to-client', 40)])],
  ['tls/no-common-suite', failed([hello, alertOf('to-client', 71)])],
  ['tls/no-common-group', failed([hello, retry, hello, alertOf('to-client', 40)])],
  ['tls/no-common-group', failed([helloOf(makeHello({ supportedGroups: [29] })), alertOf('to-client', 40)])],
  [
    'tls/no-common-signature-algorithm',
    failed([helloOf(makeHello({ signatureAlgorithms: [0x0804] })), alertOf('to-client', 40)]),
  ],
  ['tls/bad-record', failed([hello, alertOf('to-client', 20)])],
  ['tls/bad-finished', failed([hello, finished('to-client'), finished('to-server'), alertOf('to-client', 51)])],
  ['tls/bad-finished', failed([hello, finished('to-server'), finished('to-client'), alertOf('to-server', 51)])],
  ['tls/client-certificate-refused', failed([hello, verified, finished('to-server'), alertOf('to-client', 51)])],
  ['tls/server-rejected-hello', failed([hello, alertOf('to-client', 51)])],
  ['tls/unrecognized-name', failed([hello, alertOf('to-client', 112)])],
  ['tls/no-common-alpn', failed([hello, alertOf('to-client', 120)])],
  ['tls/client-certificate-required', failed([hello, request, certificateOf('to-server'), alertOf('to-client', 116)])],
  ['tls/client-certificate-required', failed([hello, request, certificateOf('to-server'), alertOf('to-client', 40)])],
  ['tls/client-certificate-required', failed([hello, request, certificateOf('to-server'), alertOf('to-client', 42)])],
  [
    'tls/client-certificate-refused',
    failed([hello, request, certificateOf('to-server'), alertOf('to-client', 48)], {
      clientCertificates: [new Uint8Array(1)],
    }),
  ],
  ['tls/refused-by-server', failed([hello, certificateOf('to-client'), alertOf('to-client', 40)])],
  ['tls/server-internal-error', failed([hello, alertOf('to-client', 80)])],
  ['tls/illegal-message', failed([hello, alertOf('to-server', 47)])],
  ['tls/refused-by-parley', failed([hello, alertOf('to-server', 48)])],
  ['tls/ended-by-server', makeHandshake([hello, certificateOf('to-client'), alertOf('to-client', 80)])],
  ['tls/ended-by-parley', makeHandshake([hello, certificateOf('to-client'), alertOf('to-server', 80)])],
]

for (const [code, upstream] of upstreamCases)
  test(`${upstream.messages.map(({ name }) => name).join(', ')} is ${code}`, () => {
    assert.deepEqual(codesOf(explainFailure(makeConnection(), undefined, upstream)), [code])
  })

test('a message that breaks the rules is its sender’s fault, before and after the handshake', () => {
  for (const outcome of ['failed', 'established'] as const) {
    const [problem, ...more] = explainFailure(makeConnection(), failed([hello, alertOf('to-client', 22)], { outcome }))
    assert.deepEqual([problem?.code, problem?.blame, more], ['tls/illegal-message', 'client', []])
  }
})

test('close_notify in place of an answer is how a server closed', () => {
  const connection = makeConnection({ upstream: { closed: { at: openedAt + 9, by: 'parley', how: 'fin' } } })
  const upstream = failed([hello, alertOf('to-client', 0, 1)])
  const [problem] = explainFailure(connection, undefined, upstream)
  assert.deepEqual([problem?.code, problem?.blame], ['tls/closed-by-server', 'server'])
  assert.match(problem!.message, /close_notify \(0\) from the server, 1\.0 ms after Parley’s ClientHello/)
})

test('a session that is passed through has one failure, of the client or the server', () => {
  const connection = makeConnection({ treatment: 'pass-through' })
  const refused = failed([hello, alertOf('to-client', 70)])
  const [problem, ...more] = explainFailure(connection, refused, refused)
  assert.deepEqual([problem?.code, problem?.blame, more], ['tls/no-common-version', 'server', []])
  assert.match(problem!.message, /from the server, 1\.0 ms after the client’s ClientHello/)
  assert.match(problem!.remedy!, /no part in this session/)
  const rejected = failed([hello, certificateOf('to-client'), alertOf('to-server', 48)])
  const [other, ...others] = explainFailure(connection, rejected, rejected)
  assert.deepEqual([other?.code, other?.blame, others], ['tls/client-rejected-certificate', 'client', []])
  const closed = { at: openedAt + 9, how: 'fin' } as const
  const hungUp = { ...connection, client: { closed: { ...closed, by: 'client' } as const }, upstream: {} }
  const pending = makeHandshake([hello, certificateOf('to-client')], { outcome: 'pending' })
  assert.deepEqual(codesOf(explainFailure(hungUp, pending, pending)), ['tls/closed-by-client'])
})

test('an alert that answers the end of the connection is not why it ended', () => {
  const upstream = { closed: { at: openedAt + 1.5, by: 'server', how: 'fin' } } as const
  const leg = failed([hello, alertOf('to-server', 50)])
  const through = makeConnection({ treatment: 'pass-through', upstream })
  assert.deepEqual(codesOf(explainFailure(through, leg, leg)), ['tls/closed-by-server'])
  assert.deepEqual(codesOf(explainFailure(makeConnection({ upstream }), undefined, leg)), ['tls/closed-by-server'])
})

test('a sniffed connection is one session as well, of which only one link is known', () => {
  const connection = makeConnection({ sniffed: true })
  const rejected = failed([hello, certificateOf('to-client'), alertOf('to-server', 48)])
  assert.deepEqual(codesOf(explainFailure(connection, rejected)), ['tls/client-rejected-certificate'])
})

test('close_notify is no failure', () => {
  const closed = makeHandshake([hello, alertOf('to-client', 0, 1), alertOf('to-server', 0, 2)])
  assert.deepEqual(explainFailure(makeConnection(), closed, closed), [])
})

test('a TLS 1.3 server that wants a certificate says so after the handshake was done', () => {
  const upstream = makeHandshake([hello, request, certificateOf('to-server'), alertOf('to-client', 116)])
  assert.deepEqual(codesOf(explainFailure(makeConnection(), undefined, upstream)), ['tls/client-certificate-required'])
})

test('evidence joins the problem that the engine reported, and is not told twice', () => {
  const told = { code: 'tls/no-common-version', blame: 'server', message: 'The server refused.' } as const
  const upstream = failed([hello, alertOf('to-client', 70)])
  const problems = explainFailure(makeConnection({ problems: [told] }), undefined, upstream)
  assert.equal(problems.length, 1)
  assert.match(
    problems[0]!.message,
    /^The server refused; evidence: alert protocol_version \(70\) from the server, 1\.0 ms after Parley’s ClientHello$/,
  )
  assert.ok(problems[0]!.remedy)
})

test('why Parley itself sent an alert the engine knows best, and the alert is its evidence', () => {
  const told = { code: 'tls/certificate-invalid', blame: 'server', message: 'No.' } as const
  const upstream = failed([hello, certificateOf('to-client'), alertOf('to-server', 42)])
  const [problem, ...others] = explainFailure(makeConnection({ problems: [told] }), undefined, upstream)
  assert.equal(problem?.code, told.code)
  assert.match(problem?.message ?? '', /^No; evidence: alert bad_certificate \(42\) from Parley/)
  assert.deepEqual(others, [])
})

test('what is Parley’s fault is not the peer’s as well', () => {
  const told = { code: 'tls/no-common-signature-algorithm', blame: 'parley', message: 'none fits' } as const
  const client = failed([hello, alertOf('to-client', 40)])
  const [problem, ...more] = explainFailure(makeConnection({ problems: [told] }), client)
  assert.deepEqual([problem?.code, problem?.blame, more], [told.code, 'parley', []])
  assert.match(problem!.message, /none fits; evidence: alert handshake_failure \(40\) from Parley/)
})

test('the same code on both legs is two failures, each with its own evidence', () => {
  const suite = (blame: 'client' | 'server') => ({ code: 'tls/no-common-suite', blame, message: 'No suite.' }) as const
  const problems = explainFailure(
    makeConnection({ problems: [suite('server'), suite('client')] }),
    failed([hello, alertOf('to-client', 40)]),
    failed([hello, alertOf('to-client', 40)]),
  )
  assert.match(problems[0]!.message, /from the server/)
  assert.match(problems[1]!.message, /from Parley/)
  assert.equal(problems.length, 2)
})

test('what either leg can fail by is the client’s fault on its own leg', () => {
  const [problem] = explainFailure(makeConnection(), failed([hello, alertOf('to-server', 20)]))
  assert.deepEqual([problem?.code, problem?.blame], ['tls/bad-record', 'client'])
})

test('a vague word of the engine gives way to what the alert proves', () => {
  const told = { code: 'tls/closed-by-server', blame: 'server', message: 'Closed.' } as const
  const upstream = failed([hello, alertOf('to-client', 112)])
  const problems = explainFailure(makeConnection({ problems: [told] }), undefined, upstream)
  assert.deepEqual(codesOf(problems), ['tls/unrecognized-name'])
})

test('a server that hung up before it saw a hello did not dislike the offer', () => {
  const closed = { at: openedAt - 23, by: 'server', how: 'fin' } as const
  const [problem] = explainFailure(makeConnection({ upstream: { closed } }), undefined, failed([hello]))
  assert.equal(problem?.code, 'tls/closed-by-server')
  assert.match(problem?.message ?? '', /FIN from the server, 24\.0 ms before any TLS message/)
  assert.match(problem?.remedy ?? '', /before it saw a ClientHello/)
})

test('a server’s own alert outdoes what OpenSSL makes of the record that it came in', () => {
  const told = {
    code: 'tls/illegal-message',
    blame: 'server',
    message: 'a record came that has no place here',
  } as const
  const upstream = failed([hello, certificateOf('to-client'), alertOf('to-client', 80), alertOf('to-server', 10)])
  const problems = explainFailure(makeConnection({ problems: [told] }), undefined, upstream)
  assert.deepEqual(codesOf(problems), ['tls/server-internal-error'])
})

test('the engine’s own remedy stands', () => {
  const told = { code: 'dns/not-found', blame: 'client', message: 'No such name.', remedy: 'Ask Alice.' } as const
  assert.deepEqual(explainFailure(makeConnection({ problems: [told] })), [told])
})

test('the engine’s guess about a leg gives way, its word about the other leg stays', () => {
  const suite = { code: 'tls/no-common-suite', blame: 'server', message: 'No suite.' } as const
  const lost = { code: 'tls/closed-by-client', blame: 'client', message: 'Closed.' } as const
  const upstream = failed([hello, request, certificateOf('to-server'), alertOf('to-client', 40)])
  const problems = explainFailure(makeConnection({ problems: [suite, lost] }), undefined, upstream)
  assert.deepEqual(codesOf(problems), ['tls/closed-by-client', 'tls/client-certificate-required'])
})

test('a client of Node that does not know the CA hangs up after Finished, and is found out', async () => {
  const pair = await recordLegs({
    client: { server: identity('ecdsa'), client: { rejectUnauthorized: true } },
    upstream: { server: identity('ecdsa') },
  })
  const last = pair.client!.messages.at(-1)!
  const client = { closed: { at: last.at + 2, by: 'client', how: 'fin' } as const }
  const problems = explainFailure({ ...pair.connection, client }, pair.client, pair.upstream)
  assert.deepEqual(codesOf(problems), ['tls/client-closed-after-certificate'])
})

test('what was explained once is not explained again', () => {
  const told = { code: 'tls/closed-by-server', blame: 'server', message: 'Closed.' } as const
  const connection = makeConnection({ problems: [told], explained: true })
  assert.deepEqual(explainFailure(connection, undefined, failed([hello, alertOf('to-client', 112)])), [told])
})

test('a client that left one connection without a word, and speaks on a sister, had no use for it', () => {
  const leave = problemOf('tls/client-closed-after-certificate')
  const timeout = problemOf('tls/handshake-timeout', { blame: 'client' })
  const connection = { id: 1, openedAt: 0, client: {}, problems: [leave, timeout] }
  const codes = (beside?: { sisterWorks: boolean }) =>
    explainFailure(connection, undefined, undefined, beside).map(({ code }) => code)
  assert.deepEqual(codes(), [leave.code, timeout.code])
  assert.deepEqual(codes({ sisterWorks: true }), [timeout.code])
})

test('a refused client certificate has one code, and is Parley’s where Parley was given it', () => {
  const upstream = failed([hello, request, certificateOf('to-server'), verified, alertOf('to-client', 42)], {
    clientCertificates: [new Uint8Array(1)],
  })
  for (const told of ['tls/client-certificate-required', 'tls/client-certificate-refused'] as const) {
    const problems = explainFailure(makeConnection({ problems: [problemOf(told)] }), undefined, upstream)
    assert.deepEqual(
      problems.map(({ code, blame }) => [code, blame]),
      [['tls/client-certificate-refused', 'parley']],
    )
  }
  const relayed = makeConnection({ treatment: 'pass-through' })
  assert.equal(explainFailure(relayed, undefined, upstream)[0]?.blame, 'client')
})
