import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { comparison } from '../../../../src/export/html/page/comparison.ts'
import { el } from '../../../../src/export/html/page/dom.ts'
import { reportConnectionOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const shown = (change: Parameters<typeof reportConnectionOf>[0] = {}) =>
  el('div', {}, ...comparison(reportConnectionOf(change)))

test('what differs comes first with its reason; what is the same is folded', () => {
  const parts = shown()
  assert.deepEqual(textsOf(parts, '.sign'), ['≠'])
  assert.deepEqual(textsOf(parts, '.why'), ['The server has no TLS 1.3.'])
  const [details] = fake(parts).all('details')
  assert.equal(details!.textContent, '1 aspect the same on both legs')
  details!.open = true
  assert.deepEqual(textsOf(parts, '.sign'), ['≠', '='])
})

test('a reason that holds on is not said again', () => {
  const [row] = reportConnectionOf().comparison
  const parts = shown({ comparison: [row!, { ...row!, label: 'Cipher suite' }] })
  assert.deepEqual([textsOf(parts, '.sign').length, textsOf(parts, '.why').length], [2, 1])
})

test('of what was seen from outside there is one value', () => {
  const comparison = [{ aspect: 'alpn', label: 'ALPN', client: 'h2', upstream: 'not recorded', mark: '·' }] as const
  assert.deepEqual(textsOf(shown({ sniffed: true, comparison }), 'td'), ['·', 'h2'])
})

test('legs that do not differ, and nothing to compare, are said so', () => {
  const same = reportConnectionOf().comparison.slice(1)
  assert.deepEqual(textsOf(shown({ comparison: same }), '.quiet'), ['The two legs do not differ.'])
  assert.deepEqual(textsOf(shown({ comparison: [] }), '.quiet'), ['There is nothing to compare.'])
})
