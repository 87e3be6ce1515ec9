import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mount } from '../../src/tui/mount.tsx'
import { Session } from '../../src/tui/session.ts'
import { themes } from '../../src/tui/theme.ts'
import { asInput, asOutput, FakeKeyboard, FakeTerminal, until } from './terminal.ts'
import { flowRow, rowWorld } from './world.ts'

test('a key draws the lines that change, not the whole screen', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => flowRow(i + 1, { path: `/path-${i + 1}-` }))
  const session = new Session({ world: rowWorld(rows), actions: {}, write: () => {} })
  const terminal = new FakeTerminal(80, 24)
  const app = mount(session, themes.none, { stdout: asOutput(terminal), stdin: asInput(new FakeKeyboard()) })
  await until(() => terminal.text.includes('/path-10-'))
  terminal.writes.length = 0
  session.press('j')
  await until(() => terminal.text.includes('▸'))
  app.unmount()
  await app.waitUntilExit()
  assert.doesNotMatch(terminal.text, /path-10-/)
})
