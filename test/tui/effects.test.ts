import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actions, FileForOthers } from '../../src/tui/actions.ts'
import { commandNamed } from '../../src/tui/commands.ts'
import { copying } from '../../src/tui/effects.ts'
import { commandOf } from '../../src/tui/state/reduce.ts'
import { acting, press, sampleWorld } from './world.ts'

const world = await sampleWorld()

test('a message goes to the editor, a body to the viewer, decoded and named by what it is', async () => {
  const given: FileForOthers[] = []
  const take = async (file: FileForOthers): Promise<void> => void given.push(file)
  assert.equal((await acting(world, 'edit', ['enter'], { edit: take }).later).tone, undefined)
  await acting(world, 'view-body', ['j', 'enter', '1'], { view: take }).later
  assert.equal(given[0]!.name, 'flow-1-request.txt')
})

test('a program that cannot be started is told, not thrown', async () => {
  const edit = (): Promise<void> => Promise.reject(new Error('vi cannot be started (ENOENT)'))
  assert.deepEqual(await acting(world, 'edit', ['enter'], { edit }).later, {
    text: 'vi cannot be started (ENOENT)',
    tone: 'bad',
  })
  assert.equal((await acting(world, 'edit', ['enter']).later).tone, 'bad')
})

test('a text is copied by a tool of this machine, else by the terminal, else into a file, and it is said which', async () => {
  const copied = (actions: Actions) => acting(world, 'copy-url', ['enter'], actions)
  const tool = copied({ copy: async () => 'wl-copy' })
  assert.match((await tool.later).text, /URL is on the clipboard \(wl-copy\)/)
  assert.equal(tool.written, '')
  assert.match((await copied({ copy: async () => undefined }).later).text, /OSC 52/)
  const long = copying('thing', () => 'x'.repeat(200_000))
  const outlets = { actions: { save: () => '/tmp/x/copied.txt' }, write: () => assert.fail('written') }
  assert.match((await long(press(world, []), world, outlets, ''))!.text, /it is in \/tmp\/x\/copied\.txt/)
})

test('a note that cannot be written is told', () => {
  const note = (): never => {
    throw new Error('the file is read-only')
  }
  assert.equal(acting(world, 'mark', [], { note }).outcome.text, 'the file is read-only')
  assert.equal(acting(world, 'mark', []).outcome.tone, 'bad')
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
