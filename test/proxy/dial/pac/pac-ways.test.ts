import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPacWays } from '../../../../src/proxy/dial/pac/pac-ways.ts'

test('what a PAC file returns is read as browsers do', () => {
  const say = (result: string): string[] =>
    readPacWays(result).map(way => (way === 'direct' ? way : `${way.scheme}://${way.host}:${way.port}`))
  assert.deepEqual(say(''), ['direct'])
  assert.deepEqual(say('PROXY a:3128; socks b:1 ;DIRECT'), ['http://a:3128', 'socks4://b:1', 'direct'])
  assert.deepEqual(say('PROXY a;HTTPS b;SOCKS5 [::1]:9'), ['http://a:80', 'https://b:443', 'socks5h://::1:9'])
  assert.deepEqual(say('QUIC a:1; PROXY u:p@a:1; DIRECT'), ['direct'])
  assert.throws(() => readPacWays('what?'), /it returns "what\?"/)
})

test('no result is read as more than sixteen ways, or throws other than an Error', () => {
  const part = fc.constantFrom('PROXY', 'SOCKS5', 'DIRECT', ' ', ';', 'a:1', ':', '[::1]:', '99999', '\0')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part, { maxLength: 80 }).map(parts => parts.join('')),
      ),
      result => {
        try {
          assert.ok(readPacWays(result).length <= 16)
        } catch (error) {
          assert.match((error as Error).message, /^it returns/)
        }
      },
    ),
  )
})
