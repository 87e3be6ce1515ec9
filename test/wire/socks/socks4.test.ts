import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedError } from '../../../src/wire/reader.ts'
import { granted4, rejected4, socks4Reply, takeSocks4 } from '../../../src/wire/socks/socks4.ts'
import { atEverySplit } from './at-every-split.ts'

const text = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map(code => String.fromCharCode(code)),
  maxLength: 255,
})
const port = fc.nat(65_535)

const request = (command: number, port: number, address: readonly number[], ...texts: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from([4, command, port >> 8, port & 255, ...address]),
    ...texts.map(one => Buffer.from(`${one}\0`, 'latin1')),
  ])

test('an address of four bytes, behind any user id, wherever the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.nat(255),
      port,
      fc.tuple(fc.integer({ min: 1, max: 255 }), fc.nat(255)),
      text,
      (command, port, [a, d], user) => {
        const bytes = request(command, port, [a, 0, 0, d], user)
        atEverySplit(takeSocks4, bytes, { command, port, host: `${a}.0.0.${d}`, named: false })
      },
    ),
    { numRuns: 50 },
  )
})

test('0.0.0.x stands for a name that follows: SOCKS4A', () => {
  fc.assert(
    fc.property(port, fc.integer({ min: 1, max: 255 }), text, text, (port, d, user, host) => {
      atEverySplit(takeSocks4, request(1, port, [0, 0, 0, d], user, host), { command: 1, port, host, named: true })
    }),
    { numRuns: 50 },
  )
  const unspecified = takeSocks4(request(1, 80, [0, 0, 0, 0], ''))
  assert.deepEqual(unspecified?.value, { command: 1, port: 80, host: '0.0.0.0', named: false })
})

test('a user id or a name without end is malformed, and not waited for', () => {
  assert.equal(takeSocks4(request(1, 80, [127, 0, 0, 1], 'u'.repeat(255)).subarray(0, -1)), undefined)
  assert.throws(() => takeSocks4(request(1, 80, [127, 0, 0, 1], 'u'.repeat(256)).subarray(0, -1)), MalformedError)
  assert.throws(() => takeSocks4(request(1, 80, [0, 0, 0, 1], 'u', 'h'.repeat(256))), MalformedError)
})

test('a reply has eight bytes, the first of which is zero', () => {
  assert.deepEqual([...socks4Reply(granted4)], [0, 90, 0, 0, 0, 0, 0, 0])
  assert.deepEqual([...socks4Reply(rejected4)], [0, 91, 0, 0, 0, 0, 0, 0])
})
