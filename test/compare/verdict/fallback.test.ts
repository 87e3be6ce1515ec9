import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkFallback } from '../../../src/compare/verdict/fallback.ts'
import { judge } from '../../../src/compare/verdict/verdict.ts'
import { serverHello } from '../../wire/tls/hello-values.ts'
import { makeHandshake, makeHello } from '../make.ts'
import { ask } from './ask.ts'

const fallback = 0x5600
const random = (tail: string) => Buffer.concat([Buffer.alloc(24), Buffer.from(tail, 'latin1')])
const old = { supportedVersions: [0x303], cipherSuites: [0xc02f, fallback] }

const asked = (tail: string, hello = old) => {
  const question = ask(hello, { version: 0x303, cipherSuite: 0xc02f })
  return { ...question, upstream: { ...question.upstream, serverHello: serverHello({ random: random(tail) }) } }
}

test('a client that fell back is refused by a server that can do more, which Parley did not tell it', () => {
  assert.equal(checkFallback(asked('DOWNGRD\x01'))?.standing, 'fails')
  assert.match(checkFallback(asked('DOWNGRD\x01'))!.sentence, /inappropriate_fallback/)
  assert.equal(checkFallback(asked('12345678'))?.standing, 'may-fail')
  const client = makeHandshake([], {}, {})
  const { connection, hello, upstream } = asked('DOWNGRD\x01')
  assert.equal(judge({ connection, client: { ...client, clientHello: hello }, upstream }).agreed, 'no')
})

test('without the signal, with TLS 1.3 on offer, or where the server saw the signal, there is nothing to say', () => {
  assert.equal(checkFallback(asked('DOWNGRD\x01', { ...old, cipherSuites: [0xc02f] })), undefined)
  assert.equal(checkFallback(asked('DOWNGRD\x01', { ...old, supportedVersions: [0x304, 0x303] })), undefined)
  const seen = { ...asked('DOWNGRD\x01'), sent: makeHello(old) }
  assert.equal(checkFallback(seen), undefined)
})
