import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Failures } from '../../../src/compare/failures/failure.ts'

const flags = new Set(
  '--pass-through --no-mirror --upstream-ca --insecure --insecure-host --resolve --min-tls --client-cert'.split(' '),
)

/** What holds for every table of failures. */
export function checkFailures(name: string, failures: Failures): void {
  test(`every ${name} failure names cause, evidence and remedy in sentences`, () => {
    for (const [code, { cause, evidence, remedy }] of Object.entries(failures)) {
      assert.match(code, /^(tls|tcp|dns|proxy|http)\/[a-z-]+$/)
      for (const text of [cause, evidence, remedy]) assert.match(text, /^\S.*\.$/s, `${code}: ${text}`)
    }
  })

  test(`no remedy of a ${name} failure asks for a flag that there is not`, () => {
    const asked = Object.values(failures).flatMap(({ remedy }) => remedy.match(/--[a-z-]+/g) ?? [])
    assert.deepEqual(
      asked.filter(flag => !flags.has(flag)),
      [],
    )
  })
}
