import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { filled } from '../../../../../src/wire/tls/client/hello/template.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { makeHello, recorded } from './hellos.ts'

test('a template filled with what it has is itself', () => {
  for (const [name, message] of recorded) {
    const hello = readClientHello(message)
    assert.deepEqual(new Uint8Array(filled(message, hello, hello).message), new Uint8Array(message), name)
  }
})

test('what is filled in is what is read, whatever length it has', () => {
  const parts = fc.array(fc.record({ type: fc.integer({ min: 200, max: 9000 }), data: fc.uint8Array() }))
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength })
  fc.assert(
    fc.property(bytes(32), bytes(32), parts, (had, sessionId, extensions) => {
      const template = makeHello({ sessionId: had, suites: [1, 2, 3], extensions: [] })
      const random = new Uint8Array(32).fill(8)
      const { hello } = filled(template, readClientHello(template), { random, sessionId, extensions })
      assert.deepEqual(
        [Buffer.from(hello.random), Buffer.from(hello.sessionId), hello.cipherSuites],
        [Buffer.from(random), Buffer.from(sessionId), [1, 2, 3]],
      )
      assert.deepEqual(
        hello.extensions.map(({ type, data }) => [type, Buffer.from(data)]),
        extensions.map(({ type, data }) => [type, Buffer.from(data)]),
      )
    }),
  )
})

test('65,535 bytes of extensions are the most', () => {
  const template = makeHello({ extensions: [] })
  const hello = readClientHello(template)
  const of = (size: number) =>
    filled(template, hello, { ...hello, extensions: [{ type: 9, data: Buffer.alloc(size) }] })
  assert.equal(of(65_531).hello.extensions[0]?.data.length, 65_531)
  assert.throws(() => of(65_532), { name: 'TlsError', alert: 47 })
})
