import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembered } from '../../src/wire/remembered.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)

test('what was asked before is not asked again, whoever holds the bytes', () => {
  let asked = 0
  const ask = remembered((one: Uint8Array, two: Uint8Array) => `${++asked} ${Buffer.concat([one, two])}`)
  assert.equal(ask(bytes('ab'), bytes('c')), '1 abc')
  assert.equal(ask(bytes('ab'), bytes('c')), '1 abc')
  assert.equal(ask(bytes('a'), bytes('bc')), '2 abc')
  assert.equal(ask(bytes('ab'), bytes('cä')), '3 abcä')
})

test('bytes that change afterwards change no answer', () => {
  const ask = remembered((one: Uint8Array) => one)
  const mine = Buffer.from('abc')
  const answer = ask(mine)
  mine[0] = 0
  assert.equal(Buffer.from(answer).toString(), 'abc')
  assert.equal(Buffer.from(ask(bytes('abc'))).toString(), 'abc')
})

test('undefined is an answer, an error is none, and what is very long is asked each time', () => {
  let asked = 0
  const nothing = remembered((_: Uint8Array) => void asked++)
  nothing(bytes('a'))
  nothing(bytes('a'))
  assert.equal(asked, 1)
  const fails = remembered((_: Uint8Array) => {
    asked++
    throw new Error('no')
  })
  for (const _ of [1, 2]) assert.throws(() => fails(bytes('a')), /no/)
  assert.equal(asked, 3)
  for (const _ of [1, 2]) nothing(Buffer.alloc(100_000))
  assert.equal(asked, 5)
})

test('no more than so many answers are kept', () => {
  let asked = 0
  const ask = remembered((_: Uint8Array) => ++asked)
  for (let i = 0; i < 1000; i++) ask(bytes(`${i}`))
  assert.equal(ask(bytes('999')), 1000)
  assert.equal(ask(bytes('0')), 1001)
})
