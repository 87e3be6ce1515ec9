import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChildLog } from '../../src/cli/child-log.ts'

test('lines are said whole, of each output by itself, wherever they were cut', () => {
  const said: string[] = []
  const log = new ChildLog(line => said.push(line))
  const [out, err] = [log.hearing(), log.hearing()]
  out('one\ntw')
  err('bad')
  out('o\nthree\n')
  err('ly\n')
  assert.deepEqual(said, ['one', 'two', 'three', 'badly'])
})

test('neither a line without end nor lines without end are kept', () => {
  const said: string[] = []
  const log = new ChildLog(line => said.push(line))
  const out = log.hearing()
  for (let i = 0; i < 10; i++) out('x'.repeat(1500))
  assert.ok(said.length > 3 && said.every(line => line.length === 2000))
  out('\n'.repeat(20_000))
  assert.deepEqual([said.length, said.at(-1)], [5001, '(what the command prints from here on is not kept)'])
})
