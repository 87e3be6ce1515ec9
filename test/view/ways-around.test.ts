import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordedWays, waysAround } from '../../src/view/ways-around.ts'

const told = (...values: readonly string[]): string | undefined =>
  waysAround(values.map(value => ['Alt-Svc', value] as const))[0]?.message

test('HTTP/3 is told with its place and how long the client may remember it', () => {
  assert.equal(
    told('h3=":443"; ma=2592000; persist=1'),
    'the server offers h3 at :443 for 720h 00m: the client may go there over QUIC, around Parley',
  )
  assert.match(told('h3="alt.example:8443"') ?? '', /h3 at alt\.example:8443 for 24h 00m:/)
  assert.equal(waysAround([['alt-svc', 'h3=":443"']])[0]?.code, 'alt-svc-h3')
})

test('drafts count, several are one remark, over several fields too', () => {
  assert.match(
    told('h2=":443", h3-29=":444";ma=1 , h3=":443", h3-29=":443"') ?? '',
    /offers h3-29, h3 at :444 for 1.00 s:/,
  )
  assert.match(told('clear', 'quic=":443"; v="46,43"; ma=60, h3=":9"') ?? '', /offers quic, h3 at :443 for 1m 00s:/)
})

test('what does not lead around Parley is no remark', () => {
  for (const value of ['', 'clear', 'h2=":443"', 'h2="h3=:443"', 'h3=":443"; ma=0', 'h3', 'xh3=":443"', 'h3=:443'])
    assert.equal(told(value), undefined, value)
  assert.deepEqual(waysAround([['X-Alt-Svc', 'h3=":443"']]), [])
})

test('it is harmless on a terminal, and quickly read whatever stands there', () => {
  assert.doesNotMatch(told('h3="\x1b[31m\x9b:443"') ?? '\x1b', /[\x1b\x9b]/)
  const start = performance.now()
  for (const part of ['a', 'h3="', 'h3=""; a=', ';\t', '"\\', 'h3="";a="']) told(part.repeat(65_536 / part.length))
  assert.ok(performance.now() - start < 1000)
})

test('an HTTPS record that offers HTTP/3 or ECH is told for what a client may do with it', () => {
  const codes = (...services: Parameters<typeof recordedWays>[0] & {}) => recordedWays(services).map(({ code }) => code)
  assert.deepEqual(recordedWays(), [])
  assert.deepEqual(codes({ priority: 1, target: '', alpn: ['h2'] }), [])
  const both = [
    { priority: 1, target: '', alpn: ['h3', 'h2'] },
    { priority: 2, target: 'b.example', alpn: ['h3', 'h3-29'], ech: true },
  ] as const
  assert.deepEqual(codes(...both), ['https-record-h3', 'https-record-ech'])
  assert.match(recordedWays(both)[0]!.message, /offers h3, h3-29: a client that looks it up may go there over QUIC/)
})
