import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { shellQuote, shellQuoteText } from '../../../src/view/copy/shell-quote.ts'
import { printable } from '../../../src/view/printable.ts'
import { bashWords, hostile } from './make.ts'

test('a shell reads exactly the bytes that were quoted', () => {
  for (const text of hostile) assert.deepEqual(bashWords(`curl ${shellQuote(text)} end`), ['curl', text, 'end'])
  const every = Array.from({ length: 255 }, (_, i) => String.fromCharCode(i + 1)).join('')
  assert.deepEqual(bashWords(`curl ${shellQuote(every)}`), ['curl', every])
})

test('text that shows is read by every POSIX shell', () => {
  for (const text of hostile.filter(each => /^[\x20-\x7e\n]*$/.test(each)))
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`]).toString('latin1'), text)
})

test('a quoted word holds nothing that a terminal would act on', () => {
  for (const text of hostile) for (const line of shellQuote(text).split('\n')) assert.equal(printable(line), line)
})

test('an exclamation mark never stands where history expansion looks', () => {
  assert.equal(shellQuote('!\x01'), "$'\\041\\001'")
  assert.equal(shellQuote('!'), "'!'")
})

test('plain words stay plain, text is UTF-8, NUL is left out', () => {
  assert.equal(shellQuote('https://a.test/b'), 'https://a.test/b')
  assert.equal(shellQuoteText('Köln'), "'Köln'")
  assert.equal(shellQuote('a\0b'), 'ab')
})
