import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAuthority, checkTrust } from '../../../src/doctor/checks/authority.ts'
import type { StoreTrust } from '../../../src/doctor/surroundings.ts'
import { hereWith, soundRoot } from '../here.ts'

test('a sound root is told with its end and fingerprint', () => {
  assert.deepEqual(checkAuthority(hereWith()), [
    { level: 'ok', what: 'root', says: '/home/anna/parley/ca, until 2036-11-01' },
    { level: 'ok', what: 'fingerprint', says: 'ab'.repeat(32) },
  ])
})

test('no root yet is no trouble; one that is refused is, in its own words', () => {
  const [none] = checkAuthority(hereWith({}, { authority: { state: 'none' } }))
  assert.deepEqual([none!.level, none!.says], ['ok', 'none in /home/anna/parley/ca yet: the first run makes it'])
  const refused = { state: 'refused', message: 'others may read the key', remedy: 'chmod 600 key' } as const
  assert.deepEqual(checkAuthority(hereWith({}, { authority: refused })), [
    { level: 'trouble', what: 'root', says: 'others may read the key', remedy: 'chmod 600 key' },
  ])
})

test('a root that is not valid yet is trouble, one that soon is not a note', () => {
  const at = (date: string) => checkAuthority(hereWith({ now: () => Date.parse(date) }))[0]!
  assert.equal(at('2026-10-31T00:00:00Z').level, 'trouble')
  assert.deepEqual(at('2036-10-25T00:00:00Z'), {
    level: 'note',
    what: 'root',
    says: 'ends in 7 days, on 2036-11-01',
    remedy: 'parley ca renew',
  })
  assert.equal(at('2036-10-02T00:00:00Z').level, 'ok')
})

const store = (standing: StoreTrust['standing'], says?: string): StoreTrust => ({
  kind: 'nss',
  place: '/firefox',
  standing,
  ...(says !== undefined && { says }),
})

test('a store is well if it trusts this very root; any other has a command; one that is not there is not told', () => {
  const standings = ['trusted', 'not-trusted', 'other-root', 'unknown', 'not-there'] as const
  const findings = checkTrust(hereWith({}, { stores: standings.map(standing => store(standing)) }))
  assert.deepEqual(
    findings.map(({ level }) => level),
    ['ok', 'note', 'note', 'note'],
  )
  assert.ok(findings.slice(1).every(({ what, remedy }) => what === 'nss' && remedy === 'parley ca install nss'))
})

test('what a store says besides is told, and nothing at all where there is no root', () => {
  const stores = [store('unknown', 'certutil is missing')]
  assert.match(checkTrust(hereWith({}, { stores }))[0]!.says, /^\/firefox cannot be asked; certutil is missing$/)
  assert.deepEqual(checkTrust(hereWith({}, { stores, authority: { state: 'none' } })), [])
  assert.equal(checkTrust(hereWith({}, { stores, authority: soundRoot })).length, 1)
})
