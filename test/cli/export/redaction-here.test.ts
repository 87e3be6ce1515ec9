import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openRedactionHere, redactionRules } from '../../../src/cli/export/redaction-here.ts'
import type { CliError } from '../../../src/cli/fail.ts'
import { withCapture } from '../../export/made-capture.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'

test('rules come from a file, or are those that always hold; a file that cannot be read is a usage error', () =>
  withCapture(
    () => {},
    (_, folder) => {
      const file = join(folder, 'rules.json')
      writeFileSync(file, '{"headers":["A"]}')
      assert.deepEqual([...redactionRules(file).headers], ['a'])
      assert.equal(redactionRules('').headers.size, 0)
      const fails = (path: string, why: RegExp) =>
        assert.throws(
          () => redactionRules(path),
          (error: CliError) => error.exitCode === 2 && why.test(error.message),
        )
      fails(join(folder, 'none'), /--redact: .*none: cannot be read \(ENOENT\)/)
      writeFileSync(file, '[')
      fails(file, /line 1, column/)
    },
  ))

test('the capture that it gives is clean', () =>
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      writer.exchange(exchangeOf(1, { path: '/?token=abc' }))
    },
    capture => {
      const here = openRedactionHere(redactionRules(''))
      assert.equal(here.clean(capture).exchange(1)?.request.head.path, '/?token=REDACTED')
    },
  ))
