import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { readName } from '../../../src/wire/x509/distinguished-name.ts'
import { bytes } from './bytes.ts'

const attribute = (type: string, value: string): string => {
  const content = Buffer.from(value).toString('hex')
  return `30${size(content, 7)}0603${type}0c${size(content)}${content}`
}
const size = (hex: string, more = 0): string => (hex.length / 2 + more).toString(16).padStart(2, '0')
const wrap = (tag: string, ...parts: string[]): string => `${tag}${size(parts.join(''))}${parts.join('')}`
const name = (hex: string) => readName(new DerReader(bytes(hex), 'test'), 'subject')

test('attributes keep their order, the line turns it round', () => {
  const read = name(wrap('30', wrap('31', attribute('550406', 'GB')), wrap('31', attribute('550403', 'a'))))
  assert.deepEqual(read.attributes, [
    ['C', 'GB'],
    ['CN', 'a'],
  ])
  assert.equal(read.text, 'CN=a, C=GB')
})

test('several attributes in one step are joined by plus, special characters are escaped', () => {
  const read = name(wrap('30', wrap('31', attribute('550403', 'a+b, "c"'), attribute('55040b', ' x '))))
  assert.equal(read.text, 'CN=a\\+b\\, \\"c\\" + OU=\\ x\\ ')
})

test('a step is the same in any case, white space and order', () => {
  const [one, other] = [
    [attribute('550403', ' A  b'), attribute('55040b', 'C')],
    [attribute('55040b', 'c '), attribute('550403', 'a B')],
  ].map(set => name(wrap('30', wrap('31', ...set))).steps)
  assert.deepEqual(one, other)
  assert.equal(one?.length, 1)
  assert.notDeepEqual(name(wrap('30', wrap('31', attribute('550403', 'a b c')))).steps, one)
})

test('an unknown type is a number, a value that is no string is hex', () => {
  assert.equal(name(wrap('30', wrap('31', '3008 0603 2a0304 020105'.replace(/ /g, '')))).text, '1.2.3.4=#020105')
  assert.equal(name('3000').text, '')
})
