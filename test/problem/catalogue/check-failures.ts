import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyOptions } from '../../../src/cli/options.ts'
import type { Failures } from '../../../src/problem/catalogue/failure.ts'

const flags = new Set(Object.values(proxyOptions).flatMap(({ flag }) => flag.match(/--[a-z-]+/g) ?? []))

/** What holds for every table of failures. */
export function checkFailures(name: string, failures: Failures): void {
  test(`every ${name} failure names its cause in a clause, and a remedy where there is one in sentences`, () => {
    for (const [code, { cause, remedy }] of Object.entries(failures)) {
      assert.match(code, /^(tls|tcp|dns|proxy|upstream-proxy|store|own|acting|rule|http[12]?|websocket)\/[a-z0-9-]+$/)
      assert.match(cause, /^([a-z]|Parley|[A-Z]{2}|[A-Z][a-z]+-|Finished)\S*\s.*[^.\s]$/, `${code}: ${cause}`)
      if (remedy !== undefined) assert.match(remedy, /^[A-Z`].*\.$/s, `${code}: ${remedy}`)
    }
  })

  test(`no remedy of a ${name} failure asks for a flag that there is not`, () => {
    const asked = Object.values(failures).flatMap(({ remedy }) => remedy?.match(/--[a-z-]+/g) ?? [])
    assert.deepEqual(
      asked.filter(flag => !flags.has(flag)),
      [],
    )
  })
}
