import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageMatcher, urlOf } from '../../../../src/export/html/page/match.ts'
import type { ReportFlow } from '../../../../src/export/html/shape.ts'
import { parseFilter } from '../../../../src/filter/parser.ts'
import { exchangeJson } from '../../../../src/view/json/exchange-json.ts'
import { exchangeOf } from '../../../store/samples.ts'
import { rowOf } from '../samples.ts'

const body = Buffer.from('{"name":"Ada"}')
const exchange = exchangeOf(1)
const flow: ReportFlow = {
  exchange: exchangeJson(
    {
      exchange: { ...exchange, response: { ...exchange.response!, bodyBytes: body.length } },
      bodies: { response: body },
    },
    0,
  ),
}
const row = rowOf(1, { path: '/a%C3%A4?x=1', contentType: 'application/json', clientVersion: 'TLSv1.3', differs: true })

const fits = (filter: string) => pageMatcher(parseFilter(filter)).matches(row, flow)

test('the words of the list ask the row', () => {
  const yes = [
    '~d api',
    'example',
    '~u /aä',
    '~m get',
    '~c 2xx',
    '~t json',
    '~tls 1.3',
    '~differs',
    '~http',
    '~size <10',
    '~conn c1',
    '',
  ]
  const no = ['~d other', '~m post', '~c 404', '~failed', '~tcp', '~dur >1s', '~t html', '~marked', '!~http']
  assert.deepEqual(
    yes.filter(filter => !fits(filter)),
    [],
  )
  assert.deepEqual(no.filter(fits), [])
})

test('words are joined as in Parley', () => {
  assert.equal(fits('~d api & !~c 404 (~m post | ~m get)'), true)
  assert.equal(fits('~d api & ~c 404'), false)
})

test('headers and bodies are asked of what is behind the row, and nothing else is', () => {
  const deep = (filter: string) => pageMatcher(parseFilter(filter)).deep
  for (const filter of [
    '~b ada',
    '~bs ada',
    '~all ada',
    '~h "content-type: application"',
    '~hq ^host:',
    '~d x | !~b y',
  ])
    assert.equal(fits(filter), true, filter)
  for (const filter of ['~bq ada', '~b nobody', '~hs ^host:']) assert.equal(fits(filter), false, filter)
  assert.deepEqual(['~b x', '~d y & ~hq x', '~d x', ''].map(deep), [true, true, false, false])
})

test('what a report does not hold is said, not answered', () => {
  assert.throws(() => pageMatcher(parseFilter('~ja4 t13')), /~ja4 works in Parley/)
})

test('the URL has its port where that is not the usual one', () => {
  assert.equal(urlOf(rowOf(1, { port: 8443, path: '' })), 'https://api.example.com:8443/')
})
