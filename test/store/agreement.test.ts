import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { connectionFlow, exchangeFlow } from '../../src/filter/flow.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import type { ClientProcess } from '../../src/model/connection.ts'
import type { HandshakeFacts } from '../../src/model/handshake-facts.ts'
import { openCapture } from '../../src/store/capture.ts'
import { type CaptureWriter, openCaptureWriter } from '../../src/store/writer.ts'
import { anyFilter } from '../filter/arbitrary.ts'
import { compileFilter, type Subject } from '../filter/matcher.ts'
import { anyConnection, anyExchange, connectionOf, exchangeOf, inFolder } from './samples.ts'

const facts: fc.Arbitrary<HandshakeFacts> = fc.record(
  { clientJa4: fc.constant('t13d1516h2_a'), upstreamGroup: fc.constant('x25519'), differs: fc.boolean() },
  { requiredKeys: [] },
)
const body = fc.option(
  fc.constantFrom('users', '{"json":1}', 'A.EXAMPLE', '').map(text => Buffer.from(text)),
  {
    nil: undefined,
  },
)

const anyProcess: fc.Arbitrary<ClientProcess | undefined> = fc.option(
  fc.record({
    pid: fc.nat(),
    name: fc.constantFrom('curl', 'h2load', 'a_b'),
    command: fc.constantFrom('', 'curl https://a.example/users', 'Ünï -k'),
  }),
  { nil: undefined },
)

/** A capture, and the same flows as the matcher sees them. */
const traffic = fc.record({
  connections: fc.array(fc.tuple(anyConnection, facts, fc.boolean(), anyProcess), { maxLength: 3 }),
  exchanges: fc.array(fc.tuple(anyExchange, body, body), { maxLength: 8 }),
  filters: fc.array(anyFilter, { minLength: 1, maxLength: 12 }),
})

test('SQL and the matcher give the same flows for the same filter', () => {
  fc.assert(
    fc.property(traffic, ({ connections, exchanges, filters }) =>
      inFolder(folder => {
        const path = join(folder, 'a.parley')
        const writer = openCaptureWriter(path)
        const subjects: Subject[] = []
        const known = connections.map(([each, said, , process], index) => ({
          connection: { ...each, id: index + 1, ...(process && { process }) },
          facts: said,
        }))
        for (const [index, each] of known.entries()) {
          const { process, ...connection } = each.connection
          writer.connection(connection)
          writer.facts(connection.id, each.facts)
          if (process) writer.process(connection.id, process)
          if (!connections[index]![2]) continue
          subjects.push({ flow: connectionFlow(each.connection, subjects.length + 1), ...each })
          writer.connectionFlow(each.connection, writer.nextFlowId())
        }
        for (const [each, request, response] of exchanges) {
          const exchange = { ...each, id: writer.nextFlowId() }
          writer.exchange(exchange, request, response)
          const bodies = { request, response }
          const of = known[exchange.connection - 1] ?? {}
          subjects.push({ flow: exchangeFlow(exchange), exchange, ...of, body: side => bodies[side] })
        }
        writer.close()
        const capture = openCapture(path)
        for (const filter of filters) {
          const matches = compileFilter(filter)
          const expected = subjects.filter(matches).map(({ flow }) => flow.id)
          const rows = capture.flows({ filter, limit: 100 })
          assert.deepEqual(
            rows.map(({ id }) => id),
            expected,
            JSON.stringify(filter),
          )
          assert.equal(capture.count(filter), expected.length)
        }
        capture.close()
      }),
    ),
    { numRuns: 60 },
  )
})

/** Of these filters, those that find the one flow that is written. */
function finding(texts: readonly string[], write: (writer: CaptureWriter) => void): string[] {
  return inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    write(writer)
    writer.close()
    const capture = openCapture(writer.path)
    const found = texts.filter(text => capture.count(parseFilter(text)) === 1)
    capture.close()
    return found
  })
}

function writeExchange(writer: CaptureWriter): void {
  const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: false }
  const remote = { address: '127.0.0.1', port: 4711 }
  writer.connection(connectionOf(1, { serverName: 'api.example.com', client: { agreed, remote }, upstream: {} }))
  writer.facts(1, { clientJa4: 't13d1516h2_8daaf6152771_b186095e22b6', upstreamGroup: 'x25519', differs: true })
  writer.process(1, { pid: 4711, name: 'curl', command: 'curl -x http://127.0.0.1:8080' })
  writer.exchange(exchangeOf(1, { path: '/Users/7', status: 404 }), undefined, Buffer.from('{"a":1}'))
}

test('each operator asks its own part of the flow', () => {
  const yes = [
    ...[
      'users',
      '~u api.example.com/users',
      '~d ^api',
      '~c 404',
      '~c 4xx',
      '~m get',
      '~t json',
      '~ts json',
      '~s',
      '~http',
    ],
    ...[
      '~hs "content-type: app"',
      '~h "^host: api"',
      '~hq host',
      '~b a',
      '~bs "\\"a\\""',
      '~sni api',
      '~alpn h2',
      '~tls 1.3',
    ],
    ...[
      '~cipher aes_128',
      '~ja4 t13d',
      '~group x25519',
      '~process CURL',
      '~process "^curl -x"',
      '~differs',
      '~src :4711',
      '~proto http/1',
      '~size 5',
      '~dur 20ms',
    ],
    ...['~all', '!~q', '~a | ~c 404', '~all /users/7', '~all "content-type: app"', '~all "\\"a\\":1"', '~all ^host:'],
  ]
  const no = [
    ...[
      '~q',
      '~e',
      '~tcp',
      '~websocket',
      '~a',
      '~failed',
      '~tq json',
      '~bq a',
      '~hq content-type',
      '~dst 1',
      '~c <400',
    ],
    ...[
      '!users',
      '~c 404 & ~m POST',
      '~size >5',
      '~dur <20ms',
      '~alpn http',
      '~process wget',
      '~process 4711',
      '~group secp',
      '~proto h2',
      '~d users',
      '~all nowhere',
      '~all 404',
    ],
  ]
  assert.deepEqual(finding(yes, writeExchange), yes)
  assert.deepEqual(finding(no, writeExchange), [])
})

test('what is absent matches nothing, not even the empty pattern', () => {
  const names = ['sni', 'alpn', 'tls', 'ja4', 'group', 'src', 'dst', 't', 'h', 'b'].map(name => `~${name} ""`)
  const write = (writer: CaptureWriter) => {
    writer.connection(connectionOf(1))
    writer.connectionFlow(connectionOf(1), writer.nextFlowId())
  }
  assert.deepEqual(finding(['~tcp', '~q', ...names], write), ['~tcp'])
})
