import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLive, withKeyLog } from '../../../src/cli/export/live-options.ts'
import type { CliError } from '../../../src/cli/fail.ts'

test('a wish is a format and a file', () => {
  assert.deepEqual(readLive('har=a=b.har', []), [{ as: 'har', path: 'a=b.har' }])
  assert.equal(readLive('ndjson=x', readLive('har=y', [])).length, 2)
  for (const text of ['har', 'har=', '=x', 'curl=x', '']) assert.throws(() => readLive(text, []), /give har=FILE or/)
})

test('a key log is that of --keylog, once, and never redacted', () => {
  const wish = { as: 'keylog', path: 'k' } as const
  const flags = { export: [wish], redact: undefined, keylog: undefined }
  assert.equal(withKeyLog(flags).keylog, 'k')
  const none = { ...flags, export: [{ as: 'har', path: 'h' } as const] }
  assert.equal(withKeyLog(none), none)
  for (const wrong of [
    { ...flags, keylog: 'x' },
    { ...flags, export: [wish, wish] },
    { ...flags, redact: '' },
  ])
    assert.throws(
      () => withKeyLog(wrong as typeof flags),
      (error: CliError) => error.exitCode === 2,
    )
})
