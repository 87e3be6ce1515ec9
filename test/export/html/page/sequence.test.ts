import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sequence } from '../../../../src/export/html/page/sequence.ts'
import { reportConnectionOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const connection = reportConnectionOf()

test('both legs stand in one drawing, with an arrow for each message and its time', () => {
  const drawn = sequence(connection, false)
  assert.deepEqual(textsOf(drawn, '.name'), ['client', 'parley', 'server'])
  assert.deepEqual(textsOf(drawn, '.says'), ['curl (pid 7)', '', 'api.example.com:443'])
  assert.deepEqual(textsOf(drawn, '.time'), ['0.42', '24.3', '36.2', '37.9'])
  assert.equal(fake(drawn).all('.arrow').length, 3)
  assert.equal(fake(drawn).all('.dot').length, 1)
  assert.deepEqual(textsOf(drawn, '.fact'), ['versions 1.3 1.2'])
})

test('arrows go from left to right to the server, and back to the client', () => {
  const ends = fake(sequence(connection, false))
    .all('.arrow')
    .map(arrow => {
      const { attributes } = arrow.all('line')[0]!
      return Number(attributes.get('x2')) - Number(attributes.get('x1')) > 0
    })
  assert.deepEqual(ends, [true, true, false])
})

test('a mark stands where the legs differ, with the reason', () => {
  const drawn = sequence(connection, false)
  assert.deepEqual(textsOf(drawn, 'title'), ['The server has no TLS 1.3.'])
  assert.equal(fake(drawn).all('.m-warn').length, 1)
})

test('where there is little room, each leg has a drawing of its own', () => {
  const drawn = sequence(connection, true)
  assert.equal(fake(drawn).all('svg').length, 2)
  assert.deepEqual(textsOf(drawn, '.name'), ['client', 'parley', 'parley', 'server'])
  assert.deepEqual(textsOf(drawn, '.time'), ['0.42', '37.9', '24.3', '36.2'])
})

test('what was seen from outside has no Parley in it', () => {
  assert.deepEqual(textsOf(sequence(reportConnectionOf({ sniffed: true }), false), '.name'), ['client', 'server'])
})
