import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { captureSource } from '../../src/tui/capture-source.ts'
import { plain } from '../../src/tui/line.ts'
import { runTui } from '../../src/tui/run-tui.tsx'
import { pageOf } from '../../src/tui/shell/page.ts'
import type { World } from '../../src/tui/state/state.ts'
import { ownFolder, recordVisits } from '../cli/recorded-run.ts'
import { harmful, hostileCopy } from '../store/hostile.ts'
import { asInput, asOutput, FakeKeyboard, FakeTerminal, until } from './terminal.ts'
import { press } from './world.ts'

const folder = ownFolder()
const path = join(folder, 'hostile.parley')
let capture: ReturnType<typeof openCapture>
before(async () => {
  const recorded = await recordVisits(folder)
  hostileCopy(recorded.path, path)
  capture = openCapture(path)
})
after(() => capture.close())

const world = (columns: number): World => ({
  source: captureSource(capture),
  columns,
  rows: 60,
  status: { recording: false, capturePath: path, command: 'parley' },
  hints: [],
})

const connectionTabs = ['1', '2', '3', 'x', '4', '5', '6']
const walks: readonly (readonly string[])[] = [
  ['g'],
  ['?'],
  ['E'],
  ['t', 'enter', 'j', 'enter', 'j', 'enter'],
  ['w'],
  ...[0, 1, 2].flatMap(down => {
    const there = ['g', ...Array<string>(down).fill('j')]
    return [
      ...[['enter'], ['enter', '2'], ['enter', '3'], ['enter', '4'], ['enter', '1', 'z']].map(keys => [
        ...there,
        ...keys,
      ]),
      ...connectionTabs.map(tab => [...there, 'c', tab]),
      ...Array.from({ length: 14 }, (_, i) => [
        ...there,
        'c',
        '1',
        ...Array<string>(i).fill('j'),
        'enter',
        'l',
        'J',
        'e',
      ]),
      ...Array.from({ length: 6 }, (_, i) => [...there, 'c', '5', ...Array<string>(i).fill('j'), 'enter']),
      [...there, 'y'],
      [...there, 'm', 'j', 'D'],
    ]
  }),
]

test('no text of a hostile capture reaches a page unchanged, on any screen', () => {
  const raw: string[] = []
  for (const columns of [60, 160]) {
    const shown = world(columns)
    for (const keys of walks)
      for (const line of pageOf(press(shown, keys), shown))
        if (harmful.test(plain(line)))
          raw.push(`${columns} columns, after ${keys.join(' ')}: ${JSON.stringify(plain(line))}`)
  }
  assert.deepEqual(raw, [])
})

test('nothing of a hostile capture reaches the terminal', async () => {
  const terminal = new FakeTerminal(120, 40)
  const keyboard = new FakeKeyboard()
  const streams = { stdout: asOutput(terminal), stdin: asInput(keyboard) }
  const ended = runTui({
    capture: path,
    status: { recording: false, capturePath: path, command: 'parley' },
    actions: {},
    ...streams,
  })
  await until(() => terminal.text.includes(' help '))
  for (const key of ['c', '2', '3', 'q', '\r', '2', 'q', 'E', 'q', 't', '\x03']) {
    keyboard.write(key)
    await new Promise(resolve => setTimeout(resolve, 60))
  }
  await ended
  const own = /\x1b\[(?!666m|1337~|2J)[\d;?]*[A-Za-z]|\r?\n|\x1b\[2J/g // Ink's: colours, the cursor, lines, the other screen
  assert.doesNotMatch(terminal.text.replace(own, ''), harmful)
})
