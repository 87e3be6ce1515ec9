import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExportAsked } from '../../../src/tui/actions.ts'
import type { World } from '../../../src/tui/state/state.ts'
import { acting, flowRow, press, rowWorld } from '../world.ts'

const formats = [
  { key: 'har', says: 'for browsers', ending: '.har' },
  { key: 'curl', says: 'for a shell', ending: '.sh' },
]
const bare = rowWorld([flowRow(1), flowRow(2, { marked: true }), flowRow(3)])
const world: World = { ...bare, status: { ...bare.status, exports: formats } }

/** What is asked for after these keys, with this file. */
async function asked(keys: readonly string[], path = 'a.har'): Promise<ExportAsked | undefined> {
  let heard: ExportAsked | undefined
  const write = async (each: ExportAsked): Promise<string> => {
    heard = each
    return 'written'
  }
  const { later } = acting(world, 'export-to', keys, { export: write }, path)
  const outcome = await later
  assert.equal(outcome.text, heard ? 'written' : 'Nothing can be exported here.')
  return heard
}

test('the flow that is selected leaves in the format at the cursor, to the file that was typed', async () => {
  assert.deepEqual(await asked(['g', 'x']), {
    ...{ format: 'har', path: 'a.har', redacted: false },
    flows: { ids: new Set([1]) },
  })
  assert.deepEqual((await asked(['g', 'x', 'j', 'r'], ' b.sh '))!.format, 'curl')
  assert.equal((await asked(['g', 'x', 'j', 'r']))!.redacted, true)
  assert.equal(await asked(['g', 'x'], ' '), undefined)
})

test('the tabs choose other flows: the marked ones, those of the list, or all', async () => {
  assert.deepEqual((await asked(['x', 'tab']))!.flows, { ids: new Set([2]) })
  assert.deepEqual((await asked(['x', 'tab', 'tab']))!.flows, { after: 0, upTo: 3 })
  assert.deepEqual((await asked(['x', 'tab', 'tab', 'tab']))!.flows, {})
  const filtered = (await asked(['f', ...'~m GET', 'enter', 'x', 'tab', 'tab']))!.flows
  assert.equal(filtered.filter?.type, 'pattern')
})

test('Enter asks for the file, and offers a name', () => {
  const { prompt } = press(world, ['x', 'j', 'enter'])
  assert.deepEqual([prompt?.text, prompt?.then], ['sample.sh', 'export-to'])
})

test('what hinders it is told, and where nothing can be exported that is', async () => {
  const fail = (): Promise<string> => Promise.reject(new Error('the disk is full'))
  const { later } = acting(world, 'export-to', ['x'], { export: fail }, 'a.har')
  assert.deepEqual(await later, { text: 'the disk is full', tone: 'bad' })
  assert.equal(press(bare, ['x']).notice?.tone, 'bad')
})
