import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBinders } from '../../../../../src/wire/tls/checks/binder.ts'
import { ownShares } from '../../../../../src/wire/tls/client/hello/own-hello.ts'
import { secondHello } from '../../../../../src/wire/tls/client/hello/second-hello.ts'
import { binderKeys } from '../../../../../src/wire/tls/keys.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { extension, makeHello, recorded, resuming, session13 } from './hellos.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const typesOf = (message: Uint8Array): number[] => readClientHello(message).extensions.map(({ type }) => type)

test('only the shares change where a group is asked for', () => {
  for (const [name, message] of recorded) {
    const first = ownShares(message)
    if (!first.hello.supportedVersions?.includes(0x0304)) continue
    const second = secondHello(first, 24, undefined, 'sha256', [])
    assert.deepEqual([...second.pairs.keys()], [24], name)
    assert.deepEqual(
      second.hello.keyShares?.map(({ group }) => group),
      [24],
    )
    assert.equal(hex(second.hello.keyShares![0]!.keyExchange), hex(second.pairs.get(24)!.share))
    assert.deepEqual(second.hello.random, first.hello.random)
    assert.deepEqual(second.hello.sessionId, first.hello.sessionId)
    const others = ({ hello }: typeof first) =>
      hello.extensions.filter(({ type }) => type !== 51).map(({ type, data }) => [type, hex(data)])
    assert.deepEqual(others(second), others(first))
  }
})

test('a cookie stands before padding and pre_shared_key; shares stay where none is asked for', () => {
  const extensions = [extension.versions(0x0304), extension.shares([29, Buffer.alloc(32)]), extension.padding(9)]
  const first = ownShares(makeHello({ extensions }))
  const second = secondHello(first, undefined, Buffer.from('cookie'), 'sha256', [])
  assert.deepEqual(typesOf(second.message), [43, 51, 44, 21])
  assert.equal(hex(second.hello.extensions[2]!.data), '0006636f6f6b6965')
  assert.equal(second.pairs, first.pairs)
  assert.deepEqual(second.hello.keyShares, first.hello.keyShares)
  const resumed = secondHello(
    ownShares(makeHello({ extensions: resuming }), session13),
    undefined,
    Buffer.of(1),
    'sha256',
    [],
  )
  assert.deepEqual(typesOf(resumed.message).slice(-2), [44, 41])
  const bare = secondHello(ownShares(makeHello({ extensions: [] })), undefined, Buffer.of(1), 'sha256', [])
  assert.deepEqual(typesOf(bare.message), [44])
})

test('the PSK stays with a new age and binder, early data does not', () => {
  const session = { ...session13, maxEarlyData: 100 }
  const first = ownShares(makeHello({ extensions: resuming }), session, { now: 2_000 })
  assert.ok(first.hello.earlyData)
  const before = [Buffer.from('the hash of the first hello'), Buffer.from('the retry')]
  const second = secondHello(first, 23, undefined, 'sha256', before, 9_000)
  assert.equal(second.session, session)
  assert.equal(second.hello.earlyData, false)
  const keyOf = () => binderKeys(session.secret, 'sha256').at(-1)!.value
  for (const [{ hello, message }, messages] of [
    [first, []],
    [second, before],
  ] as const) {
    const [check] = checkBinders({ ...hello.psk!, before: messages, hello: message, keyOf })
    assert.equal(check?.passed, true)
  }
})

test('a PSK of another hash is taken back: RFC 8446 4.1.2', () => {
  const second = secondHello(ownShares(makeHello({ extensions: resuming }), session13), 23, undefined, 'sha384', [])
  assert.deepEqual([second.session, second.hello.psk], [undefined, undefined])
})

test("a cookie that no hello can hold is the server's fault", () => {
  const first = ownShares(makeHello({ extensions: resuming }))
  assert.throws(() => secondHello(first, 23, Buffer.alloc(65_500), 'sha256', []), { name: 'TlsError', alert: 47 })
})
