import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command, Option } from 'commander'
import { addOptions, besideProxy, canDraw, meaning, proxyOptions, screenOptions } from '../../src/cli/options.ts'
import { flagsFrom } from './flags-from.ts'

const rows = Object.entries({ ...proxyOptions, ...screenOptions })

test('every row stands under the name that its flag gives its value', () => {
  for (const [name, { flag }] of rows) assert.equal(new Option(flag).attributeName(), name)
})

test('a row says what it does and what holds without it', () => {
  assert.equal(meaning(proxyOptions.listen), 'listen on this address (default: 127.0.0.1:8080)')
  for (const [name, row] of rows) assert.match(meaning(row), /^[a-z].*[^.]$/, name)
})

test('the help has the words of each row', () => {
  const help = addOptions(new Command(), proxyOptions).helpInformation().replace(/\s+/g, ' ')
  for (const { flag, says } of Object.values(proxyOptions)) assert.ok(help.includes(`${flag} ${says}`), flag)
})

test('two command lines do not share what one of them gathers', () => {
  const flagsOf = flagsFrom(proxyOptions)
  flagsOf('--resolve', 'a.example:127.0.0.1', '--pass-through', 'a.example')
  assert.deepEqual([flagsOf().resolve.size, flagsOf().passThrough], [0, []])
})

test('a command that runs beside the proxy has every option of it, and any port', () => {
  assert.deepEqual(Object.keys(besideProxy), Object.keys(proxyOptions))
  assert.deepEqual(flagsFrom(besideProxy)().listen, { host: '127.0.0.1', port: 0 })
})

test('the help has its options in groups, each with a heading', () => {
  const help = addOptions(new Command(), { ...proxyOptions, ...screenOptions }).helpInformation()
  for (const [heading, flag] of [
    ['Options of TLS:', '--min-tls'],
    ['Options of recording:', '--body-limit'],
    ['Options of the screen:', '--theme'],
  ] as const)
    assert.match(help, new RegExp(`\\n${heading}\\n(?: .*\\n)* {2}.*${flag}`), heading)
})

test('a terminal that is dumb, or of which a Unix does not know the name, is not drawn on', () => {
  const seen = ['xterm', 'vt100', 'dumb', '', undefined].map(name => canDraw(name, 'linux'))
  assert.deepEqual(seen, [true, true, false, false, false])
  assert.deepEqual([canDraw(undefined, 'win32'), canDraw('dumb', 'win32')], [true, false])
})
