import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import { importOptions } from '../../src/cli/import-options.ts'
import { addOptions } from '../../src/cli/options.ts'

test('several key logs may be given, and a file to keep what is made', () => {
  const command = addOptions(new Command('open'), importOptions)
  command.parse(['--keylog', 'a', '--keylog', 'b', '-o', 'kept.parley'], { from: 'user' })
  assert.deepEqual(command.opts(), { keylog: ['a', 'b'], output: 'kept.parley' })
})
