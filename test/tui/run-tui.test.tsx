import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Changes } from '../../src/model/changes.ts'
import { type Ending, onEnding, runTui, type TuiOptions } from '../../src/tui/run-tui.tsx'
import { inTime } from '../in-time.ts'
import { sampleExchange, writeSample } from './sample.ts'
import { asInput, asOutput, FakeKeyboard, FakeTerminal, until, untilShown } from './terminal.ts'

async function running(t: TestContext, more: Partial<TuiOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tui-'))
  const writer = await writeSample(join(folder, 'sample.parley'))
  const terminal = new FakeTerminal(80, 24)
  const keyboard = new FakeKeyboard()
  let tell: (changes: Changes) => void = () => {}
  const subscribe = (changed: (changes: Changes) => void) => {
    tell = changed
    return () => {
      tell = () => {}
    }
  }
  const ended = runTui({
    capture: writer.path,
    subscribe,
    status: { recording: true, capturePath: writer.path, command: 'parley' },
    actions: {},
    stdout: asOutput(terminal),
    stdin: asInput(keyboard),
    ...more,
  })
  t.after(() => {
    writer.close()
    rmSync(folder, { recursive: true })
  })
  await until(() => terminal.text.includes(' help '))
  return { terminal, keyboard, writer, ended, tell: (changes: Changes) => tell(changes) }
}

const ctrlC = '\x03'
const restored = /\x1b\[\?1049l[\s\S]*\x1b\[\?25h/

test('the screen is another one while it runs, and the terminal is what it was when the user quits', async t => {
  const { terminal, keyboard, ended } = await running(t)
  assert.match(terminal.text, /\x1b\[\?1049h/)
  assert.equal(keyboard.raw, true)
  keyboard.write(ctrlC)
  await ended
  assert.match(terminal.text, restored)
  assert.equal(keyboard.raw, false)
})

test('the welcome of a first run does not stand before flows that are there', async t => {
  const { terminal, keyboard, ended } = await running(t, {
    welcome: [{ what: 'a browser', command: 'parley browser' }],
  })
  await until(() => terminal.text.includes('example.com'))
  assert.doesNotMatch(terminal.text, /parley browser/)
  keyboard.write('\x03')
  await ended
})

test('trouble with the recording stands on the screen', async t => {
  let troubled: Parameters<NonNullable<TuiOptions['troubles']>>[0] | undefined
  const { terminal, keyboard, ended } = await running(t, {
    troubles: told => {
      troubled = told
      return () => {
        troubled = undefined
      }
    },
  })
  troubled!({ message: 'recording has stopped: the disk is full', stopped: true })
  await until(() => terminal.text.includes('recording has stopped') && terminal.text.includes('not recording'))
  const before = terminal.text.length
  troubled!({ message: 'there is room again', stopped: false, resumed: true })
  await until(() => /there is room again/.test(terminal.text.slice(before)))
  assert.match(terminal.text.slice(before), /● recording/)
  keyboard.write(ctrlC)
  await ended
  assert.equal(troubled, undefined)
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  test(`${signal} gives the terminal back`, async t => {
    const others = process.listeners(signal) // the test runner's own among them
    const { terminal, keyboard, ended } = await running(t)
    for (const listener of process.listeners(signal))
      if (!others.includes(listener)) Reflect.apply(listener, process, [signal])
    await ended
    assert.match(terminal.text, restored)
    assert.equal(keyboard.raw, false)
    assert.equal(terminal.listenerCount('resize'), 0)
  })

test('a screen that was asked to close before it was up closes at once', async t => {
  const { terminal, keyboard, ended } = await running(t, { asked: Promise.resolve() })
  await inTime('the screen ends', ended)
  assert.match(terminal.text, restored)
  assert.equal(keyboard.raw, false)
})

test('a new flow shows up by itself', async t => {
  const { terminal, keyboard, writer, ended, tell } = await running(t)
  keyboard.write('G')
  const id = writer.nextFlowId()
  writer.exchange(sampleExchange(id))
  writer.commit()
  tell({ flows: [id], connections: [1] })
  keyboard.write('F')
  await untilShown(terminal, `    ${id} `)
  keyboard.write(ctrlC)
  await inTime('the screen ends', ended)
})

test('a connection can be shown first', async t => {
  const { terminal, keyboard, ended } = await running(t, { initial: { connection: 1 } })
  await untilShown(terminal, 'CLIENT → PARLEY')
  keyboard.write(ctrlC)
  await inTime('the screen ends', ended)
})

test('another size is drawn at once', async t => {
  const { terminal, keyboard, ended } = await running(t)
  terminal.writes.length = 0
  terminal.resize(160, 48)
  await untilShown(terminal, 'client │ server')
  keyboard.write(ctrlC)
  await inTime('the screen ends', ended)
})

const door = fileURLToPath(new URL('../../dist/src/tui/run-tui.js', import.meta.url))
const program = `(async () => {
  const { loadMount } = await import(${JSON.stringify(door)})
  await loadMount()
  const run = Object.values(require.cache).filter(({ loaded }) => loaded) // others were only looked through for their names
  const builds = run.map(({ id }) => /react.*\\.(development|production)\\.js$/.exec(id)?.[1])
  console.log([...new Set(builds.filter(Boolean))].join(), process.env.NODE_ENV)
})()`

/** Which builds of React a process with that environment loads, and its NODE_ENV afterwards. */
function loaded(nodeEnv: string | undefined): string {
  const { NODE_ENV: _, ...rest } = process.env
  const env = nodeEnv === undefined ? rest : { ...rest, NODE_ENV: nodeEnv }
  return execFileSync(process.execPath, ['-e', program], { env, encoding: 'utf8' }).trim()
}

test('the screens run on React’s production build alone and leave the environment as it was', () => {
  assert.equal(loaded(undefined), 'production undefined')
})

test('who asks for the development build gets it', () => {
  assert.equal(loaded('development'), 'development development')
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  test(`${signal} ends it once`, () => {
    const process = new EventEmitter()
    const endings: Ending[] = []
    onEnding(ending => endings.push(ending), process)
    process.emit(signal, signal)
    process.emit(signal, signal)
    assert.deepEqual(endings, [{ signal }])
  })

test('an error that nobody caught ends it with that error', () => {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    const process = new EventEmitter()
    const endings: Ending[] = []
    onEnding(ending => endings.push(ending), process)
    const error = new Error('no')
    process.emit(event, error)
    assert.deepEqual(endings, [{ error }])
  }
})

test('after the end no listener is left', () => {
  const process = new EventEmitter()
  onEnding(() => {}, process)()
  assert.deepEqual(process.eventNames(), [])
})
