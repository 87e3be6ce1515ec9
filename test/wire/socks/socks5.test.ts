import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedError } from '../../../src/wire/reader.ts'
import {
  loginAnswer,
  maskedLogin,
  methodChosen,
  socks5Reply,
  takeGreeting,
  takeLogin,
  takeSocks5,
} from '../../../src/wire/socks/socks5.ts'
import type { Take } from '../../../src/wire/socks/whole.ts'
import { atEverySplit } from './at-every-split.ts'

const some = { numRuns: 50 }
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 255 })
const counted = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')])
const loginOf = (user: string, password: string): Buffer =>
  Buffer.concat([Buffer.from([1]), counted(user), counted(password)])

test('the methods of a greeting, wherever its bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { maxLength: 255 }), methods =>
      atEverySplit(takeGreeting, Buffer.from([5, methods.length, ...methods]), methods),
    ),
    some,
  )
})

test('a login, and how the tape may see any beginning of it', () => {
  fc.assert(
    fc.property(ascii, ascii, (user, password) => {
      const bytes = loginOf(user, password)
      atEverySplit(takeLogin, bytes, { user, password })
      const masked = loginOf('*'.repeat(user.length), '*'.repeat(password.length))
      for (let cut = 0; cut <= bytes.length; cut++)
        assert.deepEqual(maskedLogin(bytes.subarray(0, cut)), masked.subarray(0, cut))
    }),
    some,
  )
  assert.throws(() => takeLogin(Buffer.from([5])), MalformedError)
})

test('a request for an address of either family, or for a name', () => {
  const requestFor = (command: number, type: number, address: readonly number[] | Buffer, port: number): Buffer =>
    Buffer.from([5, command, 0, type, ...address, port >> 8, port & 255])
  fc.assert(
    fc.property(fc.nat(255), fc.nat(65_535), ascii, (command, port, host) => {
      atEverySplit(takeSocks5, requestFor(command, 3, counted(host), port), { command, host, port })
    }),
    some,
  )
  atEverySplit(takeSocks5, requestFor(1, 1, [192, 0, 2, 1], 443), { command: 1, host: '192.0.2.1', port: 443 })
  const v6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  atEverySplit(takeSocks5, requestFor(1, 4, v6, 65_535), { command: 1, host: '2001:db8::1', port: 65_535 })
  assert.throws(() => takeSocks5(requestFor(1, 2, [0, 0, 0, 0], 1)), MalformedError)
  assert.throws(() => takeSocks5(Buffer.from([4])), MalformedError)
})

test('whatever the bytes are, each reader takes some, waits or says that they are malformed', () => {
  const readers: readonly Take<unknown>[] = [takeGreeting, takeLogin, takeSocks5]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(...readers), (bytes, take) => {
      try {
        const whole = take(bytes)
        assert.ok(whole ? whole.length > 0 && whole.length <= bytes.length : bytes.length < 515)
      } catch (error) {
        assert.ok(error instanceof MalformedError)
      }
    }),
    { numRuns: 500 },
  )
})

test('the answers have the bytes of their papers', () => {
  assert.deepEqual([...methodChosen(255)], [5, 255])
  assert.deepEqual(
    [[...loginAnswer(true)], [...loginAnswer(false)]],
    [
      [1, 0],
      [1, 1],
    ],
  )
  assert.deepEqual([...socks5Reply(7)], [5, 7, 0, 1, 0, 0, 0, 0, 0, 0])
})
