import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { curl } from '../../../src/view/copy/curl.ts'
import { lacking } from '../../lacking.ts'
import { bashWords, bashWordsOfEach, exchangeOf, hostile, noBody } from './make.ts'

const skip = lacking('bash')

test('a plain request is a plain command', () => {
  assert.equal(
    curl.copy(
      exchangeOf({
        headers: [
          ['Host', 'a.test'],
          ['Accept', '*/*'],
        ],
      }),
      noBody,
    ),
    "curl -H 'Accept: */*' --url https://a.test/p",
  )
})

test('hostile strings come through exactly, wherever they stand', { skip }, () => {
  const commands = hostile.map(text => {
    const exchange = exchangeOf({ head: { method: `P${text}`, path: `/${text}` }, headers: [['X', `v${text}`]] })
    return curl.copy(exchange, Buffer.from(`b${text}`, 'latin1')).replace(/^printf [^|]*\| base64 -d \| /, '')
  })
  for (const [i, words] of bashWordsOfEach(commands).entries()) {
    const text = hostile[i]
    const after = (option: string) => words[words.indexOf(option) + 1]
    assert.equal(after('-X'), `P${text}`)
    assert.equal(after('-H'), `X: v${text}`)
    assert.equal(after('--url'), `https://a.test/${text}`)
    if (words.includes('--data-raw')) assert.equal(after('--data-raw'), `b${text}`)
  }
})

test('bytes that no argument holds come through a pipe', { skip }, () => {
  const body = Uint8Array.of(0, 1, 0xff, 0x0a, 0)
  const command = curl.copy(exchangeOf({ head: { method: 'POST' } }), body)
  assert.match(command, /--data-binary @-/)
  const piped = command.slice(0, command.indexOf('| curl'))
  assert.deepEqual(execFileSync('bash', ['--norc', '-c', piped]), Buffer.from(body))
})

test('a long body is a file that must be saved first', { skip }, () => {
  const words = bashWords(curl.copy(exchangeOf({ head: { method: 'POST' } }), new Uint8Array(70_000)))
  assert.ok(words.includes('@request-body.bin'))
})

test('the method is named where curl would choose another', { skip }, () => {
  const made = [
    ['POST', 'x'],
    ['GET', 'x'],
    ['POST', ''],
    ['HEAD', ''],
  ] as const
  const commands = made.map(([method, body]) => curl.copy(exchangeOf({ head: { method } }), Buffer.from(body)))
  const [post, getWithBody, emptyPost, head] = bashWordsOfEach(commands)
  assert.ok(!post!.includes('-X'))
  assert.ok(getWithBody!.includes('-X'))
  assert.ok(emptyPost!.includes('-X'))
  assert.ok(head!.includes('--head'))
})

test('curl neither decodes the URL nor adds a type nor drops an empty header', { skip }, () => {
  const exchange = exchangeOf({
    head: { path: '/a/../[1-9]' },
    headers: [
      ['X-Empty', ''],
      ['accept-encoding', 'br'],
    ],
  })
  const words = bashWords(curl.copy(exchange, Buffer.from('x')))
  for (const word of ['--globoff', '--path-as-is', '--compressed', 'X-Empty;', 'content-type:'])
    assert.ok(words.includes(word), word)
})
