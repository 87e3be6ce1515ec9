import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiffScreen } from '../../../src/tui/diff/lines.ts'
import { diffLinesOf, diffTitle } from '../../../src/tui/diff/lines.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(100, 30)
const flows: DiffScreen = { kind: 'diff', of: 'flow', left: 3, right: 5, top: 0 }
const text = (screen: DiffScreen): string => diffLinesOf(screen, world).map(plain).join('\n')

test('two flows stand beside each other under their numbers', () => {
  assert.match(text(flows), /aspect +#3 +#5/)
  assert.match(text(flows), /Path/i)
  for (const line of diffLinesOf(flows, world)) assert.ok(columnsOf(line) <= 100, plain(line))
})

test('of bodies the lines that differ are shown, and the changed part is lit', () => {
  const body = (id: number): string => JSON.stringify({ a: Array(40).fill('same'), id })
  const source = {
    ...world.source,
    body: (id: number, side: string) => Buffer.from(side === 'response' ? body(id) : ''),
    bodyLength: (id: number, side: string) => (side === 'response' ? body(id).length : 0),
  }
  const lines = diffLinesOf(flows, { ...world, source })
  const told = lines.map(plain).join('\n')
  assert.match(told, /Response bodies[\s\S]*equal lines[\s\S]*- +"id": 3[\s\S]*\+ +"id": 5/)
  const lit = lines.flatMap(line => line.filter(({ ground }) => ground === 'lit')).map(each => each.text)
  assert.deepEqual(lit, ['3', '5'])
})

test('two connections stand beside each other leg by leg', () => {
  const screen: DiffScreen = { kind: 'diff', of: 'connection', left: 1, right: 1, top: 0 }
  assert.match(text(screen), /c1 +c1[\s\S]*Client leg:[\s\S]*Upstream leg:/)
  assert.match(diffTitle(screen, world), /^c1 .* │ {2}c1 /)
})

test('what is not in the capture is no crash', () => {
  assert.match(text({ ...flows, right: 999 }), /not in the capture/)
  assert.match(text({ ...flows, of: 'connection', left: 999 }), /not in the capture/)
})

test('D asks for a mark, and then shows the marked flow beside the selected one', () => {
  assert.match(press(world, ['D']).notice!.text, /Mark another flow/)
  world.writer.note(1, { marked: true, comment: '' })
  world.writer.commit()
  assert.deepEqual(screenOf(press(world, ['j', 'D'])), { kind: 'diff', of: 'flow', left: 1, right: 2, top: 0 })
})
