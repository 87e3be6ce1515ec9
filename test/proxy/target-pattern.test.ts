import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isTargetPattern, matchesTarget } from '../../src/proxy/target-pattern.ts'

const rows: readonly (readonly [pattern: string, host: string, port: number, fits: boolean, address?: string])[] = [
  ['a.example', 'A.example.', 443, true],
  ['a.example', 'b.a.example', 443, false],
  ['*.a.example', 'b.a.example', 443, true],
  ['*.a.example', 'a.example', 443, false],
  ['*', 'whatever', 1, true],
  ['*:8443', 'whatever', 8443, true],
  ['*:8443', 'whatever', 443, false],
  ['a.example:8443', 'a.example', 8443, true],
  ['a.example:8443', 'a.example', 443, false],
  ['10.0.0.0/8', '10.1.2.3', 443, true],
  ['10.0.0.0/8', '11.1.2.3', 443, false],
  ['10.0.0.0/8', 'inside.example', 443, true, '10.9.9.9'],
  ['10.0.0.0/8:25', 'inside.example', 25, true, '10.9.9.9'],
  ['10.0.0.0/8:25', 'inside.example', 443, false, '10.9.9.9'],
  ['10.0.0.0/8', 'inside.example', 443, false],
  ['::1', '::1', 443, true],
  ['[::1]:443', '::1', 443, true],
  ['[::1]:443', '::1', 80, false],
  ['[2001:db8::/32]:443', '2001:db8::5', 443, true],
  ['127.0.0.1', '127.0.0.1', 1, true],
  ['127.0.0.1:2', '127.0.0.1', 2, true],
]
for (const [pattern, host, port, fits, address] of rows)
  test(`${pattern} ${fits ? 'fits' : 'does not fit'} ${host}:${port}${address ? ` at ${address}` : ''}`, () => {
    assert.equal(isTargetPattern(pattern), true)
    assert.equal(matchesTarget(pattern, { host, port }, address), fits)
  })

test('what can never fit is no pattern', () => {
  for (const text of ['', ':443', 'a b', 'http://a', 'a:0', 'a:65536', '10.0.0.0/33', '*.', 'a*b', '[::1', '/8', 'a/b'])
    if (isTargetPattern(text)) assert.equal(text, '*.', `${text} is taken`)
})

test('no text throws, and what is no pattern fits nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (pattern, host) => {
      const fits = matchesTarget(pattern, { host, port: 443 })
      if (!isTargetPattern(pattern)) assert.equal(fits, false)
    }),
  )
})
