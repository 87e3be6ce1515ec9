import assert from 'node:assert/strict'
import { test } from 'node:test'
import { completionScript } from '../../../src/cli/completion/scripts.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()

test('the script of a shell is printed, and of no other', async () => {
  const [fish, other] = await Promise.all([runCli(folder, 'completion', 'fish'), runCli(folder, 'completion', 'tcsh')])
  assert.deepEqual([fish.code, fish.stdout], [0, completionScript.fish])
  assert.equal(other.code, 2)
})

test('what a shell asks is answered a word a line, with its meaning where the shell shows it', async () => {
  const [bash, zsh, without] = await Promise.all([
    runCli(folder, 'complete', 'bash', 'parley record --fo'),
    runCli(folder, 'complete', 'zsh', 'parley record --fo'),
    runCli(folder, 'complete', 'fish', 'parley open '),
  ])
  assert.deepEqual([bash.stdout, without.stdout], ['--for\n:nothing\n', ':files\n'])
  assert.equal(zsh.stdout, '--for\tend after this long: 500ms, 10s, 5m, 1h\n:nothing\n')
})

test('the command that shells ask is not one for people', async () => {
  const { stderr, code } = await runCli(folder, 'bogus')
  assert.equal(code, 2)
  assert.match(stderr, /completion/)
  assert.doesNotMatch(stderr, /\bcomplete\b/)
})
