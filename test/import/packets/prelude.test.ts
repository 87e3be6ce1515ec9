import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { takePrelude } from '../../../src/import/packets/prelude.ts'

const take = (toServer: string, toClient: string) =>
  takePrelude(Buffer.from(toServer, 'latin1'), Buffer.from(toClient, 'latin1'))

const preludes = {
  connect: [
    'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n',
    'HTTP/1.1 200 Connection established\r\n\r\n',
    'a.example',
    443,
  ],
  'connect, after an interim answer': [
    'CONNECT [::1]:8443 HTTP/1.1\r\n\r\n',
    'HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\nVia: x\r\n\r\n',
    '::1',
    8443,
  ],
  socks4: ['\x04\x01\x01\xbb\x0a\x00\x00\x02me\x00', '\x00\x5a\x00\x00\x00\x00\x00\x00', '10.0.0.2', 443],
  socks4a: ['\x04\x01\x01\xbb\x00\x00\x00\x01\x00a.example\x00', '\x00\x5a\x00\x00\x00\x00\x00\x00', 'a.example', 443],
  socks5: [
    '\x05\x01\x00\x05\x01\x00\x03\x09a.example\x01\xbb',
    '\x05\x00\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00',
    'a.example',
    443,
  ],
  'socks5 with a login': [
    '\x05\x02\x00\x02\x01\x02me\x02pw\x05\x01\x00\x01\x0a\x00\x00\x02\x00\x50',
    `\x05\x02\x01\x00\x05\x00\x00\x04${'\x00'.repeat(18)}`,
    '10.0.0.2',
    80,
  ],
} as const

for (const [what, [toServer, toClient, host, port]] of Object.entries(preludes))
  test(`${what}: how a tunnel is asked for and granted is read, and nothing behind it`, () => {
    const expected = {
      entrance: what.split(/,| /)[0],
      target: { host, port },
      toServer: toServer.length,
      toClient: toClient.length,
    }
    assert.deepEqual(take(toServer, toClient), expected)
    assert.deepEqual(take(`${toServer}\x16more`, `${toClient}\x16more`), expected)
    for (let cut = 0; cut < toServer.length; cut++) assert.equal(take(toServer.slice(0, cut), ''), 'more')
    for (let cut = 0; cut < toClient.length; cut++) assert.equal(take(toServer, toClient.slice(0, cut)), 'more')
  })

test('what the proxy refused, and what is something else, is none', () => {
  const [connect, , ,] = preludes.connect
  const none: readonly (readonly [string, string])[] = [
    [connect, 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'],
    [connect, 'SSH-2.0-x\r\n\r\n'],
    ['CONNECT nowhere HTTP/1.1\r\n\r\n', ''],
    ['CONNECT a.example:99999 HTTP/1.1\r\n\r\n', ''],
    ['GET / HTTP/1.1\r\n\r\n', ''],
    ['', '220 ready'],
    [preludes.socks4[0], '\x00\x5b\x00\x00\x00\x00\x00\x00'],
    [preludes.socks4[0].replace('\x01', '\x02'), ''],
    [preludes.socks5[0], '\x05\xff\x00\x00\x00'],
    [preludes.socks5[0], 'HTTP'],
    ['\x05\x01\x00\x05\x03\x00\x01\x00\x00\x00\x00\x00\x00', '\x05\x00\x05\x00\x00\x01'],
    ['\x05\x01\x00\x05\x01\x00\x09\x09', '\x05\x00'],
  ]
  for (const [toServer, toClient] of none) assert.equal(take(toServer, toClient), 'none', JSON.stringify(toServer))
})

test('no bytes make it throw', () => {
  const begin = fc.constantFrom('\x04\x01', '\x05\x01\x00', 'CONNECT ', '')
  const bytes = fc.uint8Array({ maxLength: 60 })
  fc.assert(
    fc.property(begin, bytes, bytes, (first, rest, answer) => {
      takePrelude(Buffer.concat([Buffer.from(first, 'latin1'), rest]), answer)
    }),
  )
})
