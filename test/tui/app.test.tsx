import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { render, renderToString, Text } from 'ink'
import { App, ScreenLine, useKeys, useSession } from '../../src/tui/app.tsx'
import { plain, span } from '../../src/tui/line.ts'
import { Session } from '../../src/tui/session.ts'
import { pageOf } from '../../src/tui/shell/page.ts'
import { themes } from '../../src/tui/theme.ts'
import { width } from '../../src/view/width.ts'
import { asInput, asOutput, FakeKeyboard, FakeTerminal, until } from './terminal.ts'
import { flowRow, press, rowWorld, sampleWorld } from './world.ts'

const world = await sampleWorld()

/** The last frame that Ink wrote for the screen after these keys. */
async function drawn(
  columns: number,
  rows: number,
  keys: readonly string[],
): Promise<{ lines: string[]; session: Session }> {
  const sized = { ...world, columns, rows }
  const session = new Session({ world: sized, actions: {}, write: () => {}, state: press(sized, keys) })
  const terminal = new FakeTerminal(columns, rows)
  const options = {
    stdout: asOutput(terminal),
    stdin: asInput(new FakeKeyboard()),
    debug: true,
    interactive: true,
    patchConsole: false,
  }
  const app = render(<App session={session} theme={themes.dark} />, options)
  await app.waitUntilRenderFlush()
  const frame = terminal.writes.findLast(each => each.includes('\n')) ?? ''
  app.unmount()
  return { lines: stripVTControlCharacters(frame).split('\n'), session }
}

const screens: Readonly<Record<string, readonly string[]>> = {
  list: [],
  'a typed filter': ['f', '~', 'd'],
  flow: ['j', 'enter'],
  'a hostile flow': [...'jjjjjjjj', 'enter', '1'],
  handshake: ['c'],
  compare: ['c', '2'],
  keys: ['c', '3'],
  records: ['c', '4'],
  timeline: ['c', '5'],
  message: ['c', 'j', 'j', 'enter'],
  help: ['?'],
  log: ['E'],
}

for (const [name, keys] of Object.entries(screens))
  for (const [columns, rows] of [
    [80, 24],
    [160, 48],
  ] as const)
    test(`${name} at ${columns}x${rows}: Ink draws the frame as it is, one row lower than the terminal`, async () => {
      const { lines, session } = await drawn(columns, rows, keys)
      const wanted = pageOf(session.state, session.world).map(spans => plain(spans).trimEnd())
      assert.deepEqual(
        lines.map(text => text.trimEnd()),
        wanted,
      )
      assert.equal(lines.length, rows - 1)
      for (const text of lines) assert.ok(width(text.trimEnd()) <= columns, text)
    })

test('keys reach the session, a paste is not taken for commands', async () => {
  const session = new Session({ world, actions: {}, write: () => {} })
  const terminal = new FakeTerminal(80, 24)
  const keyboard = new FakeKeyboard()
  const app = render(<App session={session} theme={themes.none} />, {
    stdout: asOutput(terminal),
    stdin: asInput(keyboard),
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
  })
  await app.waitUntilRenderFlush()
  keyboard.write('jj')
  await until(() => session.state.screens[0].selected === 3)
  keyboard.write('\x1b[200~QQQ\x1b[201~')
  keyboard.write('k')
  await until(() => session.state.screens[0].selected === 2)
  assert.equal(session.state.done, false)
  keyboard.write('q')
  await until(() => session.state.notice !== undefined)
  keyboard.write('q')
  await app.waitUntilExit()
})

test('what cannot be drawn is told on the screen', async () => {
  const source = {
    ...world.source,
    counts: () => {
      throw new Error('the capture is damaged\x1b[2J')
    },
  }
  const session = new Session({ world: { ...world, source }, actions: {}, write: () => {} })
  const terminal = new FakeTerminal(80, 24)
  const app = render(<App session={session} theme={themes.none} />, {
    stdout: asOutput(terminal),
    stdin: asInput(new FakeKeyboard()),
    debug: true,
    patchConsole: false,
  })
  await app.waitUntilRenderFlush()
  app.unmount()
  assert.match(terminal.text, /damaged\\x1b\[2J/)
})

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

test('an empty line still takes a row', () => {
  assert.equal(renderToString(<ScreenLine spans={[]} theme={themes.dark} />, { columns: 10 }).split('\n').length, 1)
})

test('spans stand side by side in their order', () => {
  assert.match(
    renderToString(<ScreenLine spans={[span('a', 'bad'), span('b')]} theme={themes.none} />, { columns: 8 }),
    /a.*b/,
  )
})
