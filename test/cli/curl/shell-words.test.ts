import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { shellWords } from '../../../src/cli/curl/shell-words.ts'
import { shellQuote } from '../../../src/view/copy/shell-quote.ts'

test('quotes, backslashes and line continuations are read as a shell reads them', () => {
  const hasBash = (() => {
    try {
      execFileSync('bash', ['--norc', '-c', 'true'])
      return true
    } catch {
      return false
    }
  })()
  for (const [text, words] of [
    [`a  b\tc\nd`, ['a', 'b', 'c', 'd']],
    [`'a b' "c d"e`, ['a b', 'c de']],
    [`"a\\"b\\$c\\\\d\\e"`, ['a"b$c\\d\\e']],
    [`'it'\\''s'`, ["it's"]],
    [`a \\\n  b"x\\\ny"`, ['a', 'bxy']],
    [`''`, ['']],
    [`$'a\\n\\t\\x41\\101\\u00e9\\'\\\\\\q'`, ["a\n\tAA\xc3\xa9'\\\\q"]],
    [`caf\u00e9`, ['caf\xc3\xa9']],
    [`a#b --x='y z' $ a$`, ['a#b', '--x=y z', '$', 'a$']],
    [`$'\\xff\\x00b'`, ['\xff\x00b']],
  ] as const) {
    assert.deepEqual(shellWords(text), words, text)
    if (!hasBash || text.includes('\\x00') || text.includes('\\u') || text.includes('\nd')) continue
    const said = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${text}`], {
      encoding: 'latin1',
      env: { LC_ALL: 'C' },
    })
    assert.deepEqual(said.split('\0').slice(0, -1), words, `bash: ${text}`)
  }
})

test('what Parley quotes itself is read back, whatever the bytes', () => {
  const all = Array.from({ length: 255 }, (_, i) => String.fromCharCode(i + 1)).join('')
  for (const word of [all, 'a b', "it's", '!', '', 'x\r\ny']) assert.deepEqual(shellWords(shellQuote(word)), [word])
})

test('what only a shell can do is refused with its place', () => {
  for (const [text, said] of [
    ['curl $HOME', /character 6: a variable/],
    ['curl "a $(id)"', /character 6: a variable or substitution/],
    ['curl a | sh', /character 8: a pipe/],
    ['curl a; rm', /character 7: another command/],
    ['curl a > b', /character 8: a redirection/],
    ['curl `id`', /character 6: a substitution/],
    ["curl 'a", /character 6: a quote that does not end/],
    ['curl "a', /character 6: a quote that does not end/],
    ["curl $'a\\'", /character 6: a quote that does not end/],
    ['a\\', /character 2: a backslash at the end/],
    ['a # b', /character 3: a comment/],
  ] as const)
    assert.throws(() => shellWords(text), said, text)
})
