import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render, Text } from 'ink'
import { useSession } from '../../../src/tui/hooks/use-session.ts'
import { Session } from '../../../src/tui/session.ts'
import { asInput, asOutput, FakeKeyboard, FakeTerminal, until } from '../terminal.ts'
import { flowRow, rowWorld } from '../world.ts'

function Selected({ session }: { readonly session: Session }) {
  useSession(session)
  return <Text>selected {session.state.screens[0].selected}</Text>
}

test('a component is drawn anew when the session changes, without a key of its own', async () => {
  const session = new Session({ world: rowWorld([flowRow(1), flowRow(2)]), actions: {}, write: () => {} })
  const terminal = new FakeTerminal(80, 24)
  const app = render(<Selected session={session} />, {
    stdout: asOutput(terminal),
    stdin: asInput(new FakeKeyboard()),
    debug: true,
    patchConsole: false,
  })
  session.press('j')
  await until(() => terminal.text.includes('selected 2'))
  assert.ok(terminal.text.indexOf('selected 1') < terminal.text.indexOf('selected 2'))
  app.unmount()
})
