import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { candidatesFor } from '../../../src/cli/completion/candidates.ts'
import { commandLine } from '../../../src/cli/program.ts'

const program = commandLine()
const here = { captures: () => ['2026-01-02', '2026-01-01'] }
const found = (...words: readonly string[]) => candidatesFor(program, words, here)
const offered = (...words: readonly string[]) => found(...words).words.map(({ word }) => word)

test('commands, and their commands, but none that is hidden', () => {
  assert.ok(offered('').includes('record') && !offered('').includes('complete'))
  assert.deepEqual(offered('rep'), ['replay'])
  assert.deepEqual(offered('ca', 're'), ['renew'])
  assert.deepEqual(offered('ca', 'path', ''), [])
})

test('options of the command at hand, with what they mean', () => {
  assert.deepEqual(found('record', '--unt').words, [
    { word: '--until', says: 'end as soon as a flow that fits has ended' },
  ])
  assert.deepEqual(offered('ca', 'path', '--unt'), [])
  assert.ok(offered('record', '-l', '0', '--no-').includes('--no-mirror'))
  assert.deepEqual(offered('show', 'x', '--', '--f'), [])
})

test('values of options, after a blank or an equals sign', () => {
  assert.deepEqual(offered('--theme', ''), ['dark', 'light', 'none'])
  assert.deepEqual(offered('--theme=l'), ['--theme=light'])
  assert.deepEqual(offered('show', 'x', '--filter', '~d a & ~ja'), ['~d a & ~ja4'])
  assert.deepEqual(offered('show', 'x', '--filter=~cip'), ['--filter=~cipher'])
  assert.deepEqual(found('--capture', ''), { words: [], files: true })
  assert.deepEqual(found('--client-cert', 'a='), { words: [], files: true })
  assert.deepEqual(found('--nonsense=a'), { words: [], files: false })
})

test('captures, stores, actions, shells', () => {
  assert.deepEqual(found('open', '2026-01-02'), { words: [{ word: '2026-01-02' }], files: true })
  assert.deepEqual(offered('compare', 'a', ''), here.captures())
  assert.deepEqual(offered('ca', 'install', 'nss', 'j'), ['java'])
  assert.deepEqual(offered('rules', 'moc'), ['mock'])
  assert.deepEqual(offered('completion', ''), ['bash', 'zsh', 'fish'])
  assert.deepEqual(found('run', 'curl', '--help'), { words: [], files: true })
})

test('filters in one word or several, expectations, rules', () => {
  assert.ok(offered('replay', 'x', '').includes('~failed'))
  assert.deepEqual(offered('compare', 'a', 'b', '~m', 'p'), ['POST', 'PUT', 'PATCH'])
  assert.deepEqual(offered('compare', 'a', 'b', '~d x & ~ja'), ['~d x & ~ja4'])
  assert.ok(offered('assert', 'x', '').includes('all '))
  assert.deepEqual(offered('assert', 'x', 'no ~e', 'all ~d a are ~tls '), [
    'all ~d a are ~tls 1.3',
    'all ~d a are ~tls 1.2',
    'all ~d a are ~tls 1.1',
  ])
  assert.deepEqual(offered('--rule', '~d a => add-h'), ['~d a => add-header'])
})

test('whatever is typed, something or nothing is offered, and it goes on with what is typed', () => {
  const word = fc.oneof(
    fc.constantFrom('record', 'ca', 'assert', 'show', '--filter', '--until', '--', '--rule', 'x', '~d', "'", '(~'),
    fc.string({ maxLength: 6 }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), words => {
      const typed = words.at(-1) ?? ''
      for (const each of offered(...words)) assert.ok(each.length >= typed.trimEnd().length || /\s/.test(typed), each)
    }),
  )
})
