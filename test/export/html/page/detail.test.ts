import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { reportConnection } from '../../../../src/export/html/connection.ts'
import { type Detail, detailParts } from '../../../../src/export/html/page/detail.ts'
import { el } from '../../../../src/export/html/page/dom.ts'
import { exchangeJson } from '../../../../src/view/json/exchange-json.ts'
import { anyConnection, anyExchange, exchangeOf } from '../../../store/samples.ts'
import { reportConnectionOf, rowOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const exchange = exchangeJson({ exchange: exchangeOf(1), bodies: {} }, 1000)
const shown = (detail: Partial<Detail> = {}) =>
  el(
    'div',
    {},
    ...detailParts({ row: rowOf(1), flow: { exchange }, connection: reportConnectionOf(), ...detail }, false),
  )

test('a flow is told before its connection, from what was asked to the keys', () => {
  const parts = shown()
  assert.deepEqual(textsOf(parts, '.kicker'), ['flow #1', 'connection c1, opened 2026-11-29 10:22:07.123 UTC'])
  assert.deepEqual(textsOf(parts, 'h2')[0], 'GET https://api.example.com/p/1')
  const titles = ['Where the time went', 'Both handshakes', 'What differs, and why', 'Certificates and keys']
  assert.deepEqual(textsOf(parts, 'h3'), titles)
  assert.match(textsOf(parts, '.v-yes')[0]!, /Yes: the client offers everything/)
})

test('a failure is told with whom to blame and what to do', () => {
  const problem = { code: 'tls/x', blame: 'server', message: 'it broke', remedy: 'Mend it.' } as const
  const aborted = { time: 5, by: 'server', why: 'it went away' } as const
  const parts = shown({
    connection: reportConnectionOf({ problems: [problem] }),
    flow: { exchange: { ...exchange, aborted } },
  })
  assert.deepEqual(textsOf(parts, '.problem'), ['tls/x  it broketo blame: server. Mend it.'])
  assert.deepEqual(textsOf(parts, '.finding'), ['aborted by server: it went away'])
})

test('what spoke against an agreement is told once, with what others would have said', () => {
  const reason = { aspect: 'certificate', standing: 'fails', sentence: 'It is expired.' } as const
  const reasons = [{ ...reason, asBrowser: 'ERR_CERT_DATE_INVALID' }]
  const verdict = { agreed: 'no', sentence: 'No. It is expired.', reasons } as const
  const parts = shown({ connection: reportConnectionOf({ verdict }) })
  assert.deepEqual(textsOf(parts, 'li'), ['Chromium: ERR_CERT_DATE_INVALID'])
})

test('a connection alone has no request, and a flow may lack its connection', () => {
  const alone = shown({ row: rowOf(1, { kind: 'connection', method: 'TLS', spans: [] }), flow: {} })
  assert.deepEqual(textsOf(alone, 'h2')[0], 'TLS api.example.com')
  assert.equal(fake(alone).all('.start').length, 0)
  assert.equal(fake(shown({ connection: undefined })).all('.connection').length, 0)
})

test('any exchange and connection can be told, in characters that can be seen', () => {
  const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u
  const property = fc.property(anyExchange, anyConnection, fc.string({ unit: 'binary' }), (any, connection, text) => {
    const parts = detailParts(
      {
        row: rowOf(1, { host: text, path: text, method: text, comment: text }),
        flow: { exchange: exchangeJson({ exchange: any, bodies: { response: Buffer.from(text) } }, 0) },
        connection: reportConnection({ connection }),
      },
      false,
    )
    for (const part of parts.map(fake)) {
      for (const details of part.all('details')) details.open = true
      assert.doesNotMatch(part.textContent, unseen)
    }
  })
  fc.assert(property, { numRuns: 200 })
})
