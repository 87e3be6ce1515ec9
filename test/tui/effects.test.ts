import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actions, FileForOthers } from '../../src/tui/actions.ts'
import { type CommandName, commandNamed } from '../../src/tui/commands.ts'
import type { Outcome } from '../../src/tui/effects.ts'
import { commandOf } from '../../src/tui/state/reduce.ts'
import { initialState, push } from '../../src/tui/state/state.ts'
import { flowRow, press, rowWorld, sampleWorld } from './world.ts'

const world = await sampleWorld()
const run = (
  name: CommandName,
  keys: readonly string[],
  actions: Actions = {},
  on = world as Parameters<typeof press>[0],
  argument = '',
) => {
  const written: string[] = []
  const outcome = commandNamed(name).effect!(
    press(on, keys),
    on,
    { actions, write: bytes => written.push(bytes), suspend },
    argument,
  )
  return { outcome: outcome as Outcome, later: Promise.resolve(outcome as Outcome), written: written.join('') }
}
const suspend = (work: () => Promise<void>): Promise<void> => work()

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

test('the certificates of a message are copied as PEM', () => {
  const { messages } = world.source.connection(1)!.handshakes.client!
  const index = messages.findIndex(({ name }) => name === 'certificate')
  const message = {
    kind: 'message',
    connection: 1,
    log: 'client',
    index,
    cursor: 0,
    toggled: new Set<number>(),
  } as const
  const copied: string[] = []
  const copy = (at: number) => {
    const state = push(initialState, { ...message, index: at, explained: false, top: 0 })
    const outlets = { actions: { copy: (text: string) => void copied.push(text) }, write: () => {} }
    return commandNamed('copy-pem').effect!(state, world, outlets, '') as Outcome
  }
  assert.equal(copy(index).tone, 'good')
  assert.match(copied[0]!, /^-----BEGIN CERTIFICATE-----\n/)
  assert.equal(copy(0).tone, 'bad')
})

test('where there is nothing to copy, it is said', () => {
  assert.equal(run('copy-url', [...'jjjjjj']).outcome.tone, 'bad')
  assert.equal(run('copy-host', [], {}, rowWorld([])).outcome.tone, 'bad')
})

test('a message goes to the editor, a body to the viewer, decoded and named by what it is', async () => {
  const given: FileForOthers[] = []
  const take = async (file: FileForOthers): Promise<void> => void given.push(file)
  assert.equal((await run('edit', ['enter'], { edit: take }).later).tone, undefined)
  await run('view-body', ['j', 'enter', '1'], { view: take }).later
  assert.equal(given[0]!.name, 'flow-1-request.txt')
})

test('a program that cannot be started is told, not thrown', async () => {
  const edit = (): Promise<void> => Promise.reject(new Error('vi cannot be started (ENOENT)'))
  assert.deepEqual(await run('edit', ['enter'], { edit }).later, { text: 'vi cannot be started (ENOENT)', tone: 'bad' })
  assert.equal((await run('edit', ['enter']).later).tone, 'bad')
})

test('a mark turns, a comment is put in its place, and both are kept together', () => {
  const rows = rowWorld([flowRow(1, { marked: true, comment: 'old' }), flowRow(2)])
  const kept: unknown[] = []
  const note = (flow: number, each: unknown) => kept.push([flow, each])
  run('mark', [], { note }, rows)
  run('comment', [], { note }, rows, ' new ')
  run('mark', ['j'], { note }, rows)
  assert.deepEqual(kept, [
    [1, { marked: false, comment: 'old' }],
    [1, { marked: true, comment: 'new' }],
    [2, { marked: true, comment: '' }],
  ])
})

test('a note that cannot be written is told', () => {
  const note = (): never => {
    throw new Error('the file is read-only')
  }
  assert.equal(run('mark', [], { note }).outcome.text, 'the file is read-only')
  assert.equal(run('mark', []).outcome.tone, 'bad')
})

test('ctrl-z leaves the terminal before the job is stopped, and takes it back after', async () => {
  const told: string[] = []
  const outlets = {
    actions: { stop: async () => void told.push('stopped') },
    write: () => {},
    suspend: async (work: () => Promise<void>) => {
      told.push('left')
      await work()
      told.push('back')
    },
  }
  assert.equal(commandOf(press(world, []), 'ctrl-z'), 'stop')
  commandNamed('stop').effect!(press(world, []), world, outlets, '')
  await new Promise(setImmediate)
  assert.deepEqual(told, ['left', 'stopped', 'back'])
})
