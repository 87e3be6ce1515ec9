import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareRedact } from '../../src/cli/bare-redact.ts'

const words = (text: string): string => bareRedact(`node parley ${text}`.split(' ')).slice(2).join(' ')

test('a bare --redact takes no file, and another program’s words stay as they are', () => {
  assert.equal(words('export --redact a.parley --as har'), 'export --redact= a.parley --as har')
  assert.equal(words('export --redact=f a.parley'), 'export --redact=f a.parley')
  assert.equal(words('record --redact -- --redact'), 'record --redact= -- --redact')
  assert.equal(words('run x --redact'), 'run x --redact')
})
