import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render, Text } from 'ink'
import { useKeys } from '../../../src/tui/hooks/use-keys.ts'
import { asInput, asOutput, FakeKeyboard, FakeTerminal, until } from '../terminal.ts'

interface Props {
  readonly tell: (word: string) => void
}

function Keys({ tell }: Props) {
  useKeys(tell, text => tell(`pasted ${text}`))
  return <Text>keys</Text>
}

test('keys are told by name and a paste in one piece', async () => {
  const told: string[] = []
  const keyboard = new FakeKeyboard()
  const app = render(<Keys tell={word => told.push(word)} />, {
    stdout: asOutput(new FakeTerminal(80, 24)),
    stdin: asInput(keyboard),
    exitOnCtrlC: false,
    patchConsole: false,
    debug: true,
  })
  await app.waitUntilRenderFlush()
  keyboard.write('g\x06\x1b[A\x1b[200~a\nb\x1b[201~\r\x03')
  await until(() => told.includes('ctrl-c'))
  app.unmount()
  assert.deepEqual(told, ['g', 'ctrl-f', 'up', 'pasted a\nb', 'enter', 'ctrl-c'])
})
