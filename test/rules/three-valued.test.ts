import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matcherFor } from '../../src/filter/match.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { connectionOf, messageFacts, withBodies } from '../../src/rules/message-facts.ts'
import { connectionAnswer, messageAnswer } from '../../src/rules/three-valued.ts'
import { anyFilter } from '../filter/arbitrary.ts'
import { requestOf, responseOf } from './heads.ts'
import { facts } from './ruled.ts'

const { serverName: _, ...nameless } = facts
const of = (text: string, known = facts) => connectionAnswer(parseFilter(text))(known)

test('what a connection says of all its messages', () => {
  for (const text of ['', '~d example', '~sni api', '~conn c3', '~src 127', '~u ^https://api', 'example.com/', '~http'])
    assert.equal(of(text), true, text)
  for (const text of ['~d other', '!~d api', '~conn 4', '~u ^http://', '^https://other\\.example/x', '~d other /api'])
    assert.equal(of(text), false, text)
  for (const text of ['/users', '~m GET', '~c 200', '~d api /users', '~dst 10', '~alpn h2', '^https?://other', 'com/$'])
    assert.equal(of(text), undefined, text)
  assert.equal(of('~d other | /users'), undefined)
  assert.equal(of('~m GET | ~d api'), true)
})

test('the name in a message may differ where the hello has none', () => {
  assert.equal(of('~d other', nameless as typeof facts), undefined)
  assert.equal(connectionAnswer(parseFilter('~d other'), true)(nameless), false)
})

test('a body that is still to come leaves open what asks for it, and nothing else', () => {
  const before = messageFacts(connectionOf(facts), requestOf())
  const answer = (text: string, now = before) => messageAnswer(parseFilter(text))(now)
  assert.equal(answer('~bq x'), undefined)
  assert.equal(answer('~bs x'), false)
  assert.equal(answer('~b x | ~m GET'), true)
  assert.equal(answer('~b x ~m PUT'), false)
  assert.equal(answer('~all users'), true)
  assert.equal(answer('~bq x', withBodies(before, Buffer.from('axb'))), true)
  assert.equal(answer('~bq x', withBodies(before)), false)
})

test('what is said for sure is what the filter of the list says when all is known', () => {
  const request = requestOf()
  const whole = withBodies(
    messageFacts(connectionOf(facts), request, responseOf()),
    Buffer.from('{"users":[]}'),
    Buffer.from('h2 GET'),
  )
  fc.assert(
    fc.property(anyFilter, filter => {
      const said = matcherFor(filter)(whole)
      const early = messageAnswer(filter)({
        ...messageFacts(connectionOf(facts), request, responseOf()),
        bodies: { request: whole.bodies?.request },
      })
      assert.ok(early === undefined || early === said)
      const first = connectionAnswer(filter)(facts)
      assert.ok(first === undefined || first === said)
    }),
  )
})

const agreed = (version: string) => ({ version, cipherSuite: `${version}-suite`, resumed: false })

test('TLS of either leg is asked, as soon as it is known; in clear there is none', () => {
  const secured = { ...facts, tls: { client: agreed('TLSv1.3'), server: agreed('TLSv1.2') } }
  for (const [text, answer] of [
    ['~tls 1.2', true],
    ['~tls 1.3', true],
    ['~tls 1.1', false],
    ['~cipher v1.2-suite', true],
    ['!~cipher suite', false],
  ] as const) {
    assert.deepEqual([of(text, secured), of(text)], [answer, undefined])
    assert.equal(of(text, { ...facts, scheme: 'http' }), text.startsWith('!'))
    const now = messageFacts(connectionOf(secured), requestOf())
    assert.equal(messageAnswer(parseFilter(text))(now), answer)
  }
})

test('a program that is not known matches neither what asks for it nor what asks for another', () => {
  const known = (name: string | undefined) => ({
    now: name === undefined ? undefined : { pid: 1, name, command: `${name} -v` },
    known: () => undefined,
  })
  for (const [text, answer] of [
    ['~process curl', true],
    ['~process wget', false],
    ['!~process curl', false],
    ['~process -v', true],
  ] as const) {
    const filter = parseFilter(text)
    for (const name of ['curl', undefined]) {
      const process = known(name)
      const expected = name === undefined ? undefined : answer
      assert.equal(connectionAnswer(filter)({ ...facts, process }), expected)
      assert.equal(messageAnswer(filter)(messageFacts(connectionOf(facts), requestOf(), undefined, process)), expected)
    }
    assert.equal(of(text), undefined)
  }
})
