import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { shellQuote, shellQuoteText } from '../../../src/view/copy/shell-quote.ts'
import { printable } from '../../../src/view/printable.ts'
import { lacking } from '../../lacking.ts'
import { bashWordsOfEach, hostile } from './make.ts'

const skip = lacking('bash')

test('a shell reads exactly the bytes that were quoted', { skip }, () => {
  const every = Array.from({ length: 255 }, (_, i) => String.fromCharCode(i + 1)).join('')
  const texts = [...hostile, every]
  const words = bashWordsOfEach(texts.map(text => `curl ${shellQuote(text)} end`))
  for (const [i, text] of texts.entries()) assert.deepEqual(words[i], ['curl', text, 'end'])
})

test('text that shows is read by every POSIX shell', () => {
  const texts = hostile.filter(each => /^[\x20-\x7e\n]*$/.test(each))
  const out = execFileSync('sh', ['-c', `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`]).toString('latin1')
  assert.deepEqual(out.split('\0').slice(0, -1), texts)
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
