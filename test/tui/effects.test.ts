import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileForOthers } from '../../src/tui/actions.ts'
import { commandNamed } from '../../src/tui/commands.ts'
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
