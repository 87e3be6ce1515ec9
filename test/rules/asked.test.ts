import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { asksResponse, bodiesAsked, checkAsked, operatorsIn } from '../../src/rules/asked.ts'

test('every operator of a filter is found, however deep', () => {
  assert.deepEqual([...operatorsIn(parseFilter('~d a & !(~c 404 | ~q) word'))].sort(), ['c', 'd', 'q', 'u'])
  assert.deepEqual([...operatorsIn(parseFilter(''))], [])
})

test('what asks for the response, or for bodies, is known before', () => {
  assert.equal(asksResponse(parseFilter('!~c 404')), true)
  assert.equal(asksResponse(parseFilter('~d a ~h b')), false)
  const bodies = (text: string) => bodiesAsked(parseFilter(text))
  assert.deepEqual(bodies('~bq a'), { request: true, response: false })
  assert.deepEqual(bodies('~bs a'), { request: false, response: true })
  assert.deepEqual(bodies('~all a'), { request: true, response: true })
  assert.deepEqual(bodies('~all'), { request: false, response: false })
})

test('actions on connections ask what connections know', () => {
  const connection = [{ did: 'x', connection: { verify: false } }]
  assert.doesNotThrow(() => checkAsked(parseFilter('~d a ~src 127'), connection))
  assert.throws(() => checkAsked(parseFilter('~m GET'), connection), /filter about connections.*found ~m/)
})
