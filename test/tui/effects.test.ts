import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actions } from '../../src/tui/actions.ts'
import { effects } from '../../src/tui/effects.ts'
import type { CommandName } from '../../src/tui/keymap.ts'
import { press, rowWorld, sampleWorld } from './world.ts'

const world = await sampleWorld()
const run = (
  name: CommandName,
  keys: readonly string[],
  actions: Actions = {},
  on = world as Parameters<typeof press>[0],
) => {
  const written: string[] = []
  const outcome = effects[name]!(press(on, keys), on, { actions, write: bytes => written.push(bytes) })
  return { outcome, written: written.join('') }
}

test('the host of a failed connection is passed through', () => {
  const asked: unknown[] = []
  const passThrough = (host: string, id: number): string => {
    asked.push([host, id])
    return 'done'
  }
  assert.deepEqual(run('pass-through', [...'jjjjjj'], { passThrough }).outcome, { text: 'done', tone: 'good' })
  run('pass-through', [...'jjjjjj', 'enter'], { passThrough })
  assert.deepEqual(asked, [
    ['pinned.example.com', 2],
    ['pinned.example.com', 2],
  ])
})

test('a capture that is only looked at passes nothing through', () => {
  assert.equal(run('pass-through', []).outcome.tone, 'bad')
})

test('the URL and the curl command of a flow are copied', () => {
  const coded = (text: string): string => Buffer.from(/;c;(.*)\x07/.exec(text)![1]!, 'base64').toString()
  assert.equal(coded(run('copy-url', ['enter']).written), 'https://api.example.com/v1/events')
  assert.match(coded(run('copy-curl', []).written), /^curl .*--data-raw 'a=1&b=two' --url https:/)
  const copied: string[] = []
  run('copy-host', ['j'], { copy: text => copied.push(text) })
  assert.deepEqual(copied, ['static.example.com'])
})

test('where there is nothing to copy, it is said', () => {
  assert.equal(run('copy-url', [...'jjjjjj']).outcome.tone, 'bad')
  assert.equal(run('copy-host', [], {}, rowWorld([])).outcome.tone, 'bad')
})
