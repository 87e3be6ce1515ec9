import assert from 'node:assert/strict'
import type { Handshake } from '../../../src/wire/tls/handshake.ts'

/** The passed, failed and open checks as 'to-client finished verify_data true', in order. */
export function checksIn(handshake: Handshake): string[] {
  return handshake.messages.flatMap(({ direction, name, checks }) =>
    checks.map(check => `${direction} ${name} ${check.name} ${check.passed}`),
  )
}

/** A whole handshake: every record open, every message well-formed, both Finished and all signatures right. */
export function assertSound(handshake: Handshake): void {
  assert.deepEqual(handshake.problems, [])
  assert.equal(handshake.outcome, 'established')
  assert.deepEqual(
    handshake.records.filter(record => !record.opened),
    [],
  )
  for (const message of handshake.messages) {
    assert.equal(message.malformed, undefined, message.name)
    assert.notEqual(message.name, 'unknown')
  }
  const checks = checksIn(handshake).filter(check => !check.includes('binder'))
  assert.ok(checks.includes('to-server finished verify_data true'), checks.join())
  assert.ok(checks.includes('to-client finished verify_data true'), checks.join())
  for (const check of checks) assert.match(check, /true$/)
}

export const namesOf = (handshake: Handshake): string[] =>
  handshake.messages.map(({ direction, name }) => `${direction === 'to-server' ? '>' : '<'} ${name}`)

export const codesOf = (handshake: Handshake): string[] => handshake.remarks.map(remark => remark.code)
