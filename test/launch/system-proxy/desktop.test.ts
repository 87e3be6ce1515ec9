import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, isOnPath, tell } from '../../../src/launch/system-proxy/desktop.ts'
import { fakePrograms } from './fake-programs.ts'

test('a program gets its arguments as they are, and answers with what it prints', t => {
  const { surroundings } = fakePrograms(t, { echo: 'printf "%s|" "$@"' })
  const hostile = ['$(id)', "a'b", '"; rm -rf /', '-n', '']
  assert.equal(ask(surroundings, 'echo', ...hostile), hostile.map(each => `${each}|`).join(''))
})

test('one that fails is told with the first line of its words, or how it ended', t => {
  const { surroundings } = fakePrograms(t, {
    loud: 'echo first >&2; echo second >&2; exit 3',
    printing: 'echo on stdout; exit 1',
    mute: 'exit 4',
  })
  for (const [program, said] of [
    ['loud', 'loud x: first'],
    ['printing', 'printing x: on stdout'],
    ['mute', 'mute x: it ended with 4'],
    ['missing', 'missing x: ENOENT'],
  ] as const) {
    assert.throws(() => ask(surroundings, program, 'x'), { message: said })
    tell(surroundings, program, 'x')
  }
})

test('a program is on PATH where it can be run', t => {
  const { surroundings } = fakePrograms(t, { there: '' })
  assert.ok(isOnPath(surroundings, 'there'))
  assert.ok(!isOnPath(surroundings, 'not-there'))
  assert.ok(!isOnPath({ platform: 'linux', environment: {} }, 'there'))
  assert.ok(!isOnPath({ platform: 'linux', environment: { PATH: '' } }, 'src'))
})
