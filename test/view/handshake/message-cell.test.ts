import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageCells } from '../../../src/view/handshake/message-cell.ts'
import type { Check, HandshakeMessage } from '../../../src/wire/tls/handshake.ts'
import { alertOf, certificateOf, makeHandshake, openedAt, type Said } from '../../compare/make.ts'

const finished: Said = ['to-client', { name: 'finished', verifyData: new Uint8Array(12) }]

function cellOf(said: Said, over: Partial<HandshakeMessage> = {}) {
  const handshake = makeHandshake([said])
  const messages = [{ ...handshake.messages[0]!, ...over }]
  return messageCells({ leg: 'client', handshake: { ...handshake, messages }, openedAt })[0]!
}

const check = (passed?: boolean): Check => ({
  name: 'verify_data',
  detail: 'differs',
  ...(passed !== undefined && { passed }),
})

test('a check that passed, failed, or could not be made shows in the title', () => {
  assert.equal(cellOf(finished, { checks: [check(true)] }).title, 'Finished ✓')
  assert.equal(cellOf(finished, { checks: [check(false)], encrypted: true }).title, '{Finished ✗}')
  assert.equal(cellOf(finished, { checks: [check()] }).title, 'Finished')
  assert.equal(cellOf(finished, { checks: [check(true), check()] }).title, 'Finished')
})

test('who signed an OCSP response is a fact, and no mark in the title of its message', () => {
  const ocsp = (passed: boolean): Check => ({ name: 'OCSP signature', detail: 'by a stranger', passed })
  const said = certificateOf('to-client')
  const [good, bad] = [cellOf(said, { checks: [ocsp(true)] }), cellOf(said, { checks: [ocsp(false)] })]
  assert.deepEqual([good.title, bad.title, bad.tone], ['Certificate', 'Certificate', 'bad'])
  assert.ok(good.facts.includes('✓ OCSP signature'))
  assert.ok(bad.facts.includes('✗ OCSP signature: by a stranger'))
})

test('a failed check is a fact and sounds bad', () => {
  const cell = cellOf(finished, { checks: [check(false)] })
  assert.equal(cell.tone, 'bad')
  assert.ok(cell.facts.includes('✗ verify_data: differs'))
})

test('what could not be read says so', () => {
  const cell = cellOf(finished, { malformed: 'Finished needs 12 bytes at byte 4' })
  assert.equal(cell.tone, 'bad')
  assert.match(cell.facts.join(), /needs 12 bytes/)
})

test('an alert is told by its description; close_notify is no bad news', () => {
  assert.deepEqual(
    [cellOf(alertOf('to-server', 48)).detail, cellOf(alertOf('to-server', 48)).tone],
    ['fatal unknown_ca', 'bad'],
  )
  assert.equal(cellOf(alertOf('to-server', 0, 1)).tone, 'dim')
})

test('the arrow points the way the message travels, the size counts its header', () => {
  const cell = cellOf(finished)
  assert.deepEqual([cell.arrow, cell.at, cell.detail], ['←', 1, '104 B'])
  assert.deepEqual(cell.message, { leg: 'client', index: 0 })
})
