import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ownShares } from '../../../../../src/wire/tls/client/hello/own-hello.ts'
import { isUnspoken, unfollowable, unsupportedGroups } from '../../../../../src/wire/tls/client/hello/unfollowable.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { extension, makeHello, recorded } from './hellos.ts'

const modern = extension.versions(0x0304)

test('every recorded hello can be taken, but for one with a key that both sides know', () => {
  for (const [name, message] of recorded)
    assert.equal(
      unfollowable(message),
      name.endsWith('-psk') ? 'no cipher suite that can be done here' : undefined,
      name,
    )
})

test('a hello without extensions can be taken', () => {
  assert.equal(unfollowable(makeHello({ suites: [0x002f], version: 0x0301 })), undefined)
})

test('what cannot be taken says why', () => {
  const curve = extension.shares([0xfe30, Buffer.alloc(32)])
  const grease = extension.shares([0x0a0a, Buffer.of(0)])
  for (const [message, why] of [
    [Buffer.from('802e0103010015000000100000020000010000', 'hex'), /SSL 2.0/],
    [makeHello({}).subarray(0, 30), /cannot be read/],
    [Buffer.alloc(0), /cannot be read/],
    [makeHello({ version: 0x0300 }), /no version/],
    [makeHello({ extensions: [extension.versions(0x7f1c, 0x0a0a)] }), /no version/],
    [makeHello({ extensions: [modern, { type: 51, data: Buffer.of(9) }] }), /key_share/],
    [makeHello({ extensions: [modern, curve] }), /groups/],
    [makeHello({ extensions: [modern, grease, extension.groups(0x0a0a, 0xfe30)] }), /groups/],
    [
      makeHello({ extensions: [modern, extension.shares([29, Buffer.alloc(32)])], suites: [0x00c6] }),
      /no cipher suite/,
    ],
    [makeHello({ suites: [0x0005, 0x00ff, 0x0034, 0x1301] }), /no cipher suite/],
  ] as const)
    assert.match(unfollowable(message) ?? 'followable', why)
})

test('one share of ours is enough, and so is a group to ask for', () => {
  const mixed = extension.shares([0xfe30, Buffer.alloc(9)], [29, Buffer.alloc(32)])
  assert.equal(unfollowable(makeHello({ extensions: [modern, mixed] })), undefined)
  assert.equal(unfollowable(makeHello({ extensions: [modern, extension.shares(), extension.groups(23)] })), undefined)
})

test('groups that cannot be done are named, GREASE is none of them', () => {
  const message = makeHello({ extensions: [extension.groups(0x1a1a, 29, 41, 4588, 0xfe30)] })
  assert.deepEqual(unsupportedGroups(readClientHello(message)), [41, 0xfe30])
})

test('a choice is spoken here or not', () => {
  for (const [version, cipherSuite, group, unspoken] of [
    [0x0304, 0x1301, 29, false],
    [0x0304, 0x1301, 0xfe30, true],
    [0x0304, 0xc02f, 29, true],
    [0x0303, 0xc02f, 23, false],
    [0x0303, 0x009c, undefined, false],
    [0x0303, 0x0005, undefined, true],
    [0x0303, 0x002f, undefined, true], // CBC
    [0x0303, 0xffff, undefined, true],
  ] as const)
    assert.equal(isUnspoken({ version, cipherSuite, ...(group && { group }) }), unspoken)
})

test('a damaged hello is refused here, or goes upstream as damaged as it is', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(fc.constantFrom(...recorded), damage, fc.nat(), ([, message], changes, cut) => {
      const damaged = Buffer.from(message).subarray(0, cut % 4 === 0 ? cut % message.length : message.length)
      for (const [at, byte] of changes) if (damaged.length > 0) damaged[at % damaged.length] = byte
      if (unfollowable(damaged) !== undefined) return
      const { hello } = ownShares(damaged)
      assert.deepEqual(hello.cipherSuites, readClientHello(damaged).cipherSuites)
    }),
    { numRuns: 400 },
  )
})
