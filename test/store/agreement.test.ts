import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { connectionFlow, exchangeFlow } from '../../src/filter/flow.ts'
import { type FlowFacts, matcherFor } from '../../src/filter/match.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import type { ClientProcess } from '../../src/model/connection.ts'
import type { HandshakeFacts } from '../../src/model/handshake-facts.ts'
import { openCapture } from '../../src/store/capture.ts'
import { type CaptureWriter, openCaptureWriter } from '../../src/store/writer.ts'
import { anyFilter } from '../filter/arbitrary.ts'
import { findingFilters, oneFlow, otherFilters } from '../filter/one-flow.ts'
import { anyConnection, anyExchange, connectionOf, inFolder } from './samples.ts'

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
        const subjects: FlowFacts[] = []
        const known = connections.map(([each, said, , process], index) => ({
          connection: { ...each, id: index + 1, ...(process && { process }) },
          handshakes: said,
        }))
        for (const [index, each] of known.entries()) {
          const { process, ...connection } = each.connection
          writer.connection(connection)
          writer.facts(connection.id, each.handshakes)
          if (process) writer.process(connection.id, process)
          if (!connections[index]![2]) continue
          subjects.push({ flow: connectionFlow(each.connection, subjects.length + 1), ...each })
          writer.connectionFlow(each.connection, writer.nextFlowId())
        }
        for (const [each, request, response] of exchanges) {
          const exchange = { ...each, id: writer.nextFlowId() }
          writer.exchange(exchange, request, response)
          const of = known[exchange.connection - 1] ?? {}
          subjects.push({ flow: exchangeFlow(exchange), exchange, ...of, bodies: { request, response } })
        }
        writer.close()
        const capture = openCapture(path)
        for (const filter of filters) {
          const matches = matcherFor(filter)
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

function writeOneFlow(writer: CaptureWriter): void {
  const { process, ...connection } = oneFlow.connection
  writer.connection(connection)
  writer.facts(1, oneFlow.handshakes)
  writer.process(1, process)
  writer.exchange(oneFlow.exchange, undefined, oneFlow.bodies.response)
}

test('each operator asks its own part of the flow', () => {
  assert.deepEqual(finding(findingFilters, writeOneFlow), findingFilters)
  assert.deepEqual(finding(otherFilters, writeOneFlow), [])
})

test('what is absent matches nothing, not even the empty pattern', () => {
  const names = ['sni', 'alpn', 'tls', 'ja4', 'group', 'src', 'dst', 't', 'h', 'b'].map(name => `~${name} ""`)
  const write = (writer: CaptureWriter) => {
    writer.connection(connectionOf(1))
    writer.connectionFlow(connectionOf(1), writer.nextFlowId())
  }
  assert.deepEqual(finding(['~tcp', '~q', ...names], write), ['~tcp'])
})
