import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { hintLine, infoLines, promptColumn } from '../../../src/tui/shell/footer.ts'
import { pageOf } from '../../../src/tui/shell/page.ts'
import { promptFor } from '../../../src/tui/state/prompt.ts'
import { say } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, texts } from '../world.ts'

const world = await sampleWorld()
const info = (keys: readonly string[]): string => infoLines(press(world, keys), world).map(plain).join('\n')
const hint = (keys: readonly string[], columns = 80): string =>
  plain(hintLine(press(world, keys), { ...world, columns }))

test('help and the way out are in the hints however narrow the terminal', () => {
  for (const columns of [40, 60, 80, 160]) {
    for (const keys of [[], ['enter'], ['c'], ['c', '3'], ['c', 'j', 'j', 'enter']])
      assert.match(hint(keys, columns), /\? help {2}q (back|quit)/)
    assert.ok(columnsOf(hintLine(press(world, []), { ...world, columns })) <= columns)
  }
})

test('a filter is green as long as it can be read, red and explained where not', () => {
  const tone = (keys: readonly string[]) => hintLine(press(world, ['f', ...keys]), world)[1]!.tone
  assert.equal(tone([...'~d', 'space', 'x']), 'good')
  assert.equal(tone([...'~c', 'space', 'z']), 'bad')
  assert.match(info(['f', ...'~c', 'space', 'z']), /at 4, found "z"/)
})

test('what the filter lets through is counted', () => {
  assert.match(info(['f', ...'~m', 'space', ...'POST', 'enter']), /filter ~m POST {2}8 of 40 flows/)
})

test('a failed connection tells its cause in full where the list has no room', () => {
  assert.match(info([...'jjjjjj']), /client rejected our certificate \(unknown_ca\)/)
})

test('what to do about a failed connection stands below its cause', () => {
  const { source } = world
  const rows = { ...world, columns: 80, status: { ...world.status, command: 'npx parley' } }
  const state = press(rows, [...'jjjjjj'])
  assert.match(texts(infoLines(state, rows))[1]!, /^ → trust the CA: npx parley ca path {3}P pass this host through$/)
  const { listen: _, ...status } = { ...rows.status, recording: false }
  const read = { ...rows, source, status }
  assert.doesNotMatch(texts(infoLines(state, read))[1]!, /pass this host/)
})

test('a long message leaves a row for what to do about it', () => {
  const remedy = 'make the client trust the CA, or pass this host through'
  const problem = { code: 'tls/client-rejected-leaf', blame: 'client', message: 'word '.repeat(60), remedy } as const
  const view = world.source.connection(2)!
  const source = { ...world.source, connection: () => ({ ...view, problems: [problem] }) }
  const narrow = { ...world, source, columns: 80 }
  const told = texts(pageOf(press(world, [...'jjjjjj', 'enter']), narrow))
  const at = told.findIndex(each => each.includes('✗ word'))
  assert.match(told[at + 1]!, /word .*…/)
  assert.equal(told[at + 2]!.trim(), `→ ${remedy}`)
})

test('the difference at the cursor is explained', () => {
  assert.match(info(['c', 'j', 'j']), /≠ Parley added TLS_AES_128_GCM_SHA256/)
})

test('commands that start with what was typed are shown', () => {
  assert.match(info([':', ...'fol']), /follow {2}follow new flows/)
  assert.match(info([':', ...'xyz']), /no command/)
})

test('the cursor stays on the screen in a text that is wider', () => {
  const prompt = promptFor('search', 'x'.repeat(300))
  assert.ok(promptColumn(prompt, 80) < 80)
  assert.equal(promptColumn(promptFor('search', 'ab'), 80), 4)
})

test('the copy menu shows all that can be copied at 80 columns', () => {
  const shown = `${info(['y'])} ${hint(['y'])}`
  for (const words of [
    'u URL',
    'c curl',
    'f fetch',
    'p Python',
    't HTTPie',
    'o host',
    'r request',
    's response',
    'b response body',
    'x hex dump',
  ])
    assert.ok(shown.includes(words), words)
  assert.match(hint(['y']), /q cancel/)
})

test('counts are written as in the title', () => {
  const source = { ...world.source, count: () => 1234, counts: () => ({ ...world.source.counts(), flows: 40_000 }) }
  const told = infoLines(press(world, ['f', ...'~m', 'space', ...'POST', 'enter']), { ...world, source }).map(plain)
  assert.match(told.join(), /1 234 of 40 000 flows/)
})

test('a word on what happened takes the rows that are free, and says that it goes on', () => {
  const text = 'word '.repeat(30).trim()
  const said = (kind: string) =>
    texts(infoLines(say(press(world, kind === 'list' ? [] : ['E']), text, 'good'), world)).map(row => row.trim())
  assert.deepEqual(said('list').join(' '), text)
  assert.equal(said('list').length, 2)
  assert.match(said('log').join('|'), /^word [^|]*…$/)
})
