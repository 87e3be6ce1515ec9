import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bytesOf, itemsOf } from '../../ca/der.ts'
import { readHostName } from '../../ca/host-name.ts'
import {
  nameConstraints,
  permitsAddress,
  permitsHost,
  permitsName,
  readConstraints,
  readNameConstraints,
  showConstraints,
} from '../../ca/name-constraints.ts'

const roundTrip = (...only: string[]) =>
  readNameConstraints(bytesOf(itemsOf(nameConstraints(readConstraints(only))).at(-1)))

test('what is written is read again', () => {
  for (const only of [['example.com'], ['a.test', '127.0.0.1', '::1'], ['10.0.0.1']])
    assert.deepEqual(roundTrip(...only), readConstraints(only))
})

test('a domain holds itself and what is below it, whatever the case, and no neighbour', () => {
  const only = roundTrip('example.com')
  for (const name of ['example.com', 'a.EXAMPLE.com', '*.example.com', 'a.b.example.com'])
    assert.equal(permitsName(only, name), true, name)
  for (const name of ['notexample.com', 'example.com.evil.test', 'com', '*.com', ''])
    assert.equal(permitsName(only, name), false, name)
})

test('where only domains are permitted no address is, and the other way round', () => {
  assert.equal(permitsHost(roundTrip('a.test'), readHostName('127.0.0.1')), false)
  assert.equal(permitsHost(roundTrip('a.test'), readHostName('::1')), false)
  assert.equal(permitsHost(roundTrip('127.0.0.1'), readHostName('a.test')), false)
  assert.equal(permitsHost(roundTrip('127.0.0.1'), readHostName('127.0.0.1')), true)
  assert.equal(permitsHost(roundTrip('127.0.0.1'), readHostName('127.0.0.2')), false)
  assert.equal(permitsHost(roundTrip('127.0.0.1'), readHostName('::1')), false)
})

test('a root from elsewhere: ranges have masks, what is excluded is so, what is not spoken of is free', () => {
  const range = Buffer.from('0a000000ff000000', 'hex')
  const foreign = { permitted: { domains: [], ranges: [range] }, excluded: { domains: ['bad.test'], ranges: [] } }
  const read = readNameConstraints(bytesOf(itemsOf(nameConstraints(foreign)).at(-1)))
  assert.equal(permitsAddress(read, Buffer.of(10, 9, 8, 7)), true)
  assert.equal(permitsAddress(read, Buffer.of(11, 0, 0, 1)), false)
  assert.equal(permitsName(read, 'good.test'), true)
  assert.equal(permitsName(read, 'x.bad.test'), false)
})

test('it is shown as a person would type it', () => {
  assert.equal(showConstraints(roundTrip('example.com', '127.0.0.1')), 'example.com, 127.0.0.1')
  assert.match(showConstraints(roundTrip('::1')), /^(0000:){7}0001$/)
})

test('what is no host is refused', () => {
  assert.throws(() => readConstraints(['*.a.test']), { code: 'ca/host' })
  fc.assert(
    fc.property(fc.domain(), name => {
      assert.equal(permitsName(roundTrip(name), `x.${name}`), true)
    }),
    { numRuns: 50 },
  )
})
