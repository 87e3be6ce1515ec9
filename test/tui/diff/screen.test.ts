import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../../src/problem/problem.ts'
import { type DiffScreen, diffLinesOf, diffScreen, diffTitle } from '../../../src/tui/diff/screen.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { initialState, screenOf } from '../../../src/tui/state/state.ts'
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

test('bodies that cannot be read are not taken for equal ones', () => {
  const source = {
    ...world.source,
    body: () => Buffer.alloc(0),
    bodyProblem: () => problemOf('store/bodies-missing', { detail: 'a.parley-bodies' }),
  }
  const told = diffLinesOf(flows, { ...world, source })
    .map(plain)
    .join('\n')
  assert.match(told, /Response bodies[\s\S]*- #3: the file with the large bodies[\s\S]*\+ #5: the file with/)
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

test('D puts what was sent again beside what it repeats, whatever is marked', () => {
  const connection = world.source.record(world.source.rows({ limit: 1, after: 2 })[0]!.connection)!
  const repeated = { ...world, source: { ...world.source, record: () => ({ ...connection, origin: 3 }) } }
  assert.deepEqual(screenOf(press(repeated, ['j', 'D'])), { kind: 'diff', of: 'flow', left: 3, right: 2, top: 0 })
})

test('the diff says what it is, and shows it', () => {
  assert.match(plain(diffScreen.title(flows, initialState, world)[0]), /#3.*#5/)
  assert.match(diffScreen.body(flows, initialState, world).map(plain).join('\n'), /aspect +#3 +#5/)
})

test('the diff goes no further than its end, and back to its start', () => {
  const end = diffScreen.move(flows, Number.POSITIVE_INFINITY, initialState, world)
  assert.deepEqual(diffScreen.move(end, 1, initialState, world), end)
  assert.equal(diffScreen.move(end, Number.NEGATIVE_INFINITY, initialState, world).top, 0)
})
