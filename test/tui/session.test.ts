import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FlowRow } from '../../src/tui/ports.ts'
import { Session } from '../../src/tui/session.ts'
import { flowRow, rowWorld } from './world.ts'

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
