import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readablePattern, readableUrl } from '../../src/filter/readable-url.ts'

const raw = (text: string): string => Buffer.from(text).toString('latin1')
const holds = (pattern: string, url: string): boolean => {
  const read = readablePattern(pattern)
  return new RegExp(pattern, 'i').test(url) || (read !== undefined && new RegExp(read, 'i').test(readableUrl(url)))
}

test('a URL is found by its text and by its encoding, whichever of the two it was sent in', () => {
  for (const url of ['/caf%C3%A9?q=a%20b', raw('/café?q=a b')])
    for (const pattern of ['café', 'caf%C3%A9', 'caf%c3%a9', 'a b', 'a%20b', 'É'])
      assert.ok(holds(pattern, url), pattern)
  assert.ok(!holds('cafe', '/caf%C3%A9'))
})

test('a plain pattern costs no second look, and an encoded operator stands for itself', () => {
  for (const pattern of ['example', '^https://a\\.b/', 'v1.*x=1']) assert.equal(readablePattern(pattern), undefined)
  assert.ok(holds('a%2Eb', '/a.b') && !holds('a%2Eb', '/axb'))
  assert.equal(readableUrl('/100%'), '/100%')
})
