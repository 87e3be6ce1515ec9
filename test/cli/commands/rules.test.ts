import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

test('parley rules lists the actions, or says one', async () => {
  const folder = ownFolder()
  const all = await runCli(folder, 'rules')
  assert.match(all.stdout, /^A rule says when and what: [\s\S]*\n {2}mock STATUS /)
  const one = await runCli(folder, 'rules', 'set-path')
  assert.match(one.stdout, /^ {2}set-path PATH\n/)
  const none = await runCli(folder, 'rules', 'paint')
  assert.deepEqual([none.code, none.stderr], [2, 'parley: no such action: paint; parley rules lists them\n'])
})

test('a bad rule ends the start with exit code 2 and the place', async () => {
  const { code, stderr } = await runCli(ownFolder(), 'record', '-l', '127.0.0.1:0', '--rule', '~d a => paint')
  assert.equal(code, 2)
  assert.match(
    stderr,
    /^parley: --rule '~d a => paint': column 9: expected an action: set-header, .*, found "paint"\n$/,
  )
})
