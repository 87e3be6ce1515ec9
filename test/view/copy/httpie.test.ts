import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { test } from 'node:test'
import { httpie } from '../../../src/view/copy/httpie.ts'
import { lacking } from '../../lacking.ts'
import { bashWords, bashWordsOfEach, exchangeOf, hostile, noBody } from './make.ts'

const skip = lacking('bash')

test('method, URL and headers stand behind the options', { skip }, () => {
  const command = httpie.copy(
    exchangeOf({
      headers: [
        ['A', 'b c'],
        ['E', ''],
      ],
    }),
    noBody,
  )
  assert.deepEqual(bashWords(command), ['http', '--ignore-stdin', '--', 'GET', 'https://a.test/p', 'A:b c', 'E;'])
})

test('a value cannot become a file or JSON', { skip }, () => {
  const words = bashWords(
    httpie.copy(
      exchangeOf({
        headers: [
          ['A', '@/etc/passwd'],
          ['B', '=1'],
        ],
      }),
      noBody,
    ),
  )
  assert.deepEqual(words.slice(-2), ['A:\\@/etc/passwd', 'B:\\=1'])
})

test('hostile strings come through exactly', { skip }, () => {
  const texts = hostile.filter(each => each !== '' && isUtf8(Buffer.from(each, 'latin1')))
  const commands = texts.map(text =>
    httpie.copy(exchangeOf({ head: { path: `/${text}` }, headers: [['X', `v${text}`]] }), noBody),
  )
  for (const [i, words] of bashWordsOfEach(commands).entries())
    assert.deepEqual(words.slice(-2), [`https://a.test/${texts[i]}`, `X:v${texts[i]}`])
})

test('a value that HTTPie cannot send is named and stays out', { skip }, () => {
  for (const value of ['K\xf6ln', 'a\\:b', 'a\\=b']) {
    const command = httpie.copy(exchangeOf({ headers: [['X', value]] }), noBody)
    assert.match(command, /^: 'without X: HTTPie cannot send its value'; http .* '?https:\/\/a\.test\/p'?$/)
  }
  assert.match(httpie.copy(exchangeOf({ headers: [["X'y", '\xf6']] }), noBody), /^: 'without X'\\''y: /)
})

test('a path with dots stays, and a body of no type gets none', { skip }, () => {
  const words = bashWords(httpie.copy(exchangeOf({ head: { path: '/a/../b' } }), Buffer.from('a')))
  assert.ok(words.includes('--path-as-is'))
  assert.equal(words.at(-1), 'Content-Type:')
})

test('text is an option, other bytes come through a pipe, long ones from a file', { skip }, () => {
  assert.ok(bashWords(httpie.copy(exchangeOf(), Buffer.from("it's"))).includes("--raw=it's"))
  assert.match(httpie.copy(exchangeOf(), Uint8Array.of(0, 1)), /^printf %s AAE= \| base64 -d \| http -- GET/)
  assert.match(httpie.copy(exchangeOf(), new Uint8Array(70_000)), /cat request-body\.bin \| http/)
})
