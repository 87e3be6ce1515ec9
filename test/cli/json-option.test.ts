import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Option } from 'commander'
import { json } from '../../src/cli/json-option.ts'

test('it is a switch of this name', () => {
  const option = new Option(json.flag, json.says)
  assert.deepEqual([option.attributeName(), option.isBoolean()], ['json', true])
})
