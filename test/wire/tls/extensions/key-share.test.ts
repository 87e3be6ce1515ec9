import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldNamed, shownOf, vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

const share = (group: string, length: number) => group + vectorHex(2, 'ab'.repeat(length))

test('a client has a list of shares', () => {
  const { facts, shown } = readOne(51, 'client_hello', vectorHex(2, share('1a1a', 1) + share('001d', 32)))
  assert.equal(shown, 'GREASE (0x1a1a), x25519')
  assert.deepEqual(
    facts.keyShares?.map(s => [s.group, s.keyExchange.length]),
    [
      [0x1a1a, 1],
      [29, 32],
    ],
  )
})

test('an empty list asks for a HelloRetryRequest and is well-formed', () => {
  assert.deepEqual(readOne(51, 'client_hello', '0000').facts, { keyShares: [] })
})

test('a server has one share, a retry one group', () => {
  assert.equal(readOne(51, 'server_hello', share('0017', 65)).facts.keyShare?.keyExchange.length, 65)
  const retry = readOne(51, 'hello_retry_request', '0018')
  assert.deepEqual([retry.facts, retry.shown], [{ selectedGroup: 24 }, 'asks for secp384r1'])
})

for (const [group, side, parts] of [
  ['11ec', 'client_hello', { ml_kem_768: [0, 1184], x25519: [1184, 1216] }],
  ['11ec', 'server_hello', { ml_kem_768: [0, 1088], x25519: [1088, 1120] }],
  ['11eb', 'client_hello', { secp256r1: [0, 65], ml_kem_768: [65, 1249] }],
  ['11eb', 'server_hello', { secp256r1: [0, 65], ml_kem_768: [65, 1153] }],
  ['11ed', 'client_hello', { secp384r1: [0, 97], ml_kem_1024: [97, 1665] }],
  ['11ed', 'server_hello', { secp384r1: [0, 97], ml_kem_1024: [97, 1665] }],
  ['6399', 'client_hello', { x25519: [0, 32], kyber_768: [32, 1216] }],
  ['6399', 'server_hello', { x25519: [0, 32], kyber_768: [32, 1120] }],
] as const)
  test(`the share of ${group} in a ${side} is split into its two parts`, () => {
    const length = Math.max(...Object.values(parts).map(([, end]) => end))
    const entry = share(group, length)
    const { field } = readOne(51, side, side === 'client_hello' ? vectorHex(2, entry) : entry)
    const whole = fieldNamed([field], 'key_exchange')!
    const found = whole.children!.map(part => [part.name, [part.start - whole.start, part.end - whole.start]])
    assert.deepEqual(Object.fromEntries(found), parts)
    assert.equal(found[0]![0], Object.entries(parts).sort((a, b) => a[1][0] - b[1][0])[0]![0])
  })

test('a hybrid share of another length is not split', () => {
  const { field, problems } = readOne(51, 'server_hello', share('11ec', 1216))
  assert.deepEqual(problems, [])
  assert.equal(fieldNamed([field], 'x25519'), undefined)
  assert.match(shownOf([field], 'key_exchange')!, /\(1216 bytes\)$/)
})

test('type 40 holds the share of a draft or random bytes of a device, and its content says which', () => {
  const draft = readOne(40, 'client_hello', vectorHex(2, share('001d', 32)))
  assert.deepEqual([draft.shown, draft.problems], ['key_share of a TLS 1.3 draft: x25519', []])
  const random = readOne(40, 'client_hello', vectorHex(2, 'fefe'.repeat(16)))
  assert.deepEqual([random.shown, random.problems, random.facts.keyShares], ['32 bytes', [], undefined])
})
