import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partBytes } from '../../src/tui/flow/body.ts'
import type { FlowRow } from '../../src/tui/ports.ts'
import { Session } from '../../src/tui/session.ts'
import { screenOf, type World } from '../../src/tui/state/state.ts'
import { sampleExchange } from './sample.ts'
import { flowRow, rowSource, rowWorld } from './world.ts'

function session(rows: FlowRow[] = [flowRow(1), flowRow(2)]) {
  const written: string[] = []
  const passed: string[] = []
  const made = new Session({
    world: rowWorld(rows),
    actions: {
      passThrough: host => {
        passed.push(host)
        return `passing ${host}`
      },
    },
    write: bytes => written.push(bytes),
  })
  return { session: made, written, passed }
}

test('every key is told to those who draw', () => {
  const { session: it } = session()
  let told = 0
  const stop = it.subscribe(() => told++)
  const before = it.revision
  it.press('j')
  assert.equal(told, 1)
  assert.notEqual(it.revision, before)
  stop()
  it.press('k')
  assert.equal(told, 1)
})

test('a command typed by its name runs, with its argument', () => {
  const { session: it } = session()
  for (const key of [':', 'g', 'o', 't', 'o', 'space', '2', 'enter']) it.press(key)
  assert.equal(it.state.screens[0].selected, 2)
  assert.equal(it.state.prompt, undefined)
})

test('a command that does not exist is told', () => {
  const { session: it } = session()
  for (const key of [':', 'x', 'y', 'enter']) it.press(key)
  assert.match(it.state.notice!.text, /no command xy/)
})

test('a command acts on the world once and says what it did', () => {
  const { session: it, written } = session()
  it.press('y')
  it.press('o')
  assert.deepEqual(written, [`\x1b]52;c;${Buffer.from('example.com').toString('base64')}\x07`])
  assert.equal(it.state.copying, false)
  assert.equal(it.state.notice!.tone, 'good')
})

/** A flow whose body takes a second to be read, with a word near its end. */
function slowFlow() {
  const body = Buffer.alloc(partBytes * 100, `${'x'.repeat(99)}\n`)
  body.write('needle', partBytes * 98)
  const until = (end: number): void => {
    while (performance.now() < end);
  }
  const world: World = {
    ...rowWorld([flowRow(1)]),
    source: {
      ...rowSource([flowRow(1)]),
      exchange: () => sampleExchange(2),
      bodyLength: (_, side) => (side === 'response' ? body.length : 0),
      body: (_, __, from, length) => {
        until(performance.now() + 10)
        return body.subarray(from, from + length)
      },
    },
  }
  const made = new Session({ world, actions: {}, write: () => {} })
  for (const key of ['enter', '/', ...'needle']) made.press(key)
  return made
}

test('a search through much goes on between the keys until it has found something, and draws nothing meanwhile', async () => {
  const it = slowFlow()
  const pressed = performance.now()
  it.press('enter')
  assert.ok(performance.now() - pressed < 500)
  assert.match(it.state.notice!.text, /^Searching for “needle”/)
  let told = 0
  const found = new Promise<void>(resolve => it.subscribe(() => ++told && resolve()))
  await found
  assert.equal(told, 1)
  assert.equal(it.state.hunt, undefined)
  assert.equal(it.state.notice!.text, 'Found in part 99.')
})

test('a key ends a search, and is heard', async () => {
  const it = slowFlow()
  it.press('enter')
  it.press('?')
  assert.equal(it.state.hunt, undefined)
  assert.equal(screenOf(it.state).kind, 'help')
  await new Promise(resolve => setTimeout(resolve, 50))
  assert.equal(screenOf(it.state).kind, 'help')
})

test('a search that cannot be read on is told, and ends', async () => {
  const it = slowFlow()
  it.press('enter')
  Object.assign(it.world.source, {
    body: () => {
      throw new Error('damaged')
    },
  })
  await new Promise<void>(resolve => it.subscribe(() => resolve()))
  assert.match(it.state.notice!.text, /damaged/)
  assert.equal(it.state.hunt, undefined)
})

test('trouble with the recording is told, and the header says when nothing is recorded any more', () => {
  const { session: it } = session()
  it.trouble('bodies are no longer kept', false)
  assert.deepEqual(it.state.notice, { text: 'bodies are no longer kept', tone: 'bad' })
  assert.equal(it.world.status.recording, true)
  it.trouble('recording has stopped', true)
  assert.equal(it.world.status.recording, false)
})

test('a new size keeps the selection in sight', () => {
  const { session: it } = session(Array.from({ length: 50 }, (_, i) => flowRow(i + 1)))
  it.press('G')
  it.resize(60, 12)
  assert.equal(it.world.rows, 12)
  assert.ok(it.state.screens[0].row < 12 - 5)
})

test('a capture that cannot be read is told, and the keys go on', () => {
  const rows = [flowRow(1), flowRow(2)]
  const world = rowWorld(rows)
  let broken = false
  const source = {
    ...world.source,
    rows: (query: Parameters<typeof world.source.rows>[0]) => {
      if (broken) throw new Error('the capture is locked')
      return world.source.rows(query)
    },
  }
  const it = new Session({ world: { ...world, source }, actions: {}, write: () => {} })
  broken = true
  it.press('j')
  assert.match(it.state.notice!.text, /locked/)
  broken = false
  it.press('j')
  assert.equal(it.state.screens[0].selected, 2)
})
