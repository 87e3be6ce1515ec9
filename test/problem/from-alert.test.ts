import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf } from '../../src/problem/codes.ts'
import { codeOfAlert } from '../../src/problem/from-alert.ts'
import { fatalAlertOf } from '../../src/problem/last-words.ts'
import type { Direction } from '../../src/wire/direction.ts'
import { alertOf, certificateOf, helloOf, makeHandshake, makeHello } from '../compare/make.ts'

function codeOf(leg: 'client' | 'upstream', direction: Direction, description: number): string {
  const said = [helloOf(makeHello()), certificateOf('to-client'), alertOf(direction, description)]
  const handshake = makeHandshake(said, { outcome: 'failed' })
  return codeOfAlert(leg, handshake, fatalAlertOf(leg, handshake)!)
}

test('every alert on either leg has a code that the table explains', () => {
  for (const leg of ['client', 'upstream'] as const)
    for (const direction of ['to-server', 'to-client'] as const)
      for (let description = 1; description < 256; description++) {
        if (description === 90) continue
        const code = codeOf(leg, direction, description)
        assert.ok(failureOf(code), `${leg} ${direction} ${description}: ${code}`)
      }
})

test('an alert of Parley’s that follows a record which nobody can open is about that record', () => {
  const codeAfter = (length: number, opened: boolean) => {
    const record = { at: 0, offset: 0, type: 23, version: 0x0303, encrypted: true } as const
    const records = [
      { ...record, direction: 'to-client', length, opened } as const,
      { ...record, direction: 'to-server', length: 26, opened: true } as const,
    ]
    const made = makeHandshake([helloOf(makeHello()), alertOf('to-server', 80)], { records })
    const messages = made.messages.map((message, i) => ({ ...message, records: i === 1 ? [1] : [] }))
    const handshake = { ...made, messages }
    return codeOfAlert('upstream', handshake, fatalAlertOf('upstream', handshake)!)
  }
  assert.equal(codeAfter(2, false), 'tls/bad-record')
  assert.equal(codeAfter(2, true), 'tls/ended-by-parley')
  assert.equal(codeAfter(500, false), 'tls/ended-by-parley') // only its header was kept
})

test('an alert about a certificate blames the one who refuses it', () => {
  assert.equal(codeOf('client', 'to-server', 46), 'tls/client-rejected-leaf')
  assert.equal(codeOf('upstream', 'to-server', 46), 'tls/refused-by-parley')
  assert.equal(codeOf('upstream', 'to-client', 46), 'tls/refused-by-server')
})
