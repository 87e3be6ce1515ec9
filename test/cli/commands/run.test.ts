import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()

test('what follows the command is the command’s, with -- and without', async () => {
  const script = 'console.log(JSON.stringify(process.argv.slice(1)))'
  for (const dashes of [[], ['--']]) {
    const { code, stdout, stderr } = await runCli(folder, 'run', ...dashes, process.execPath, '-e', script, '--', '-k')
    assert.deepEqual([code, stdout], [0, '["-k"]\n'], stderr)
  }
})

test('--tui without a command is refused before anything runs', async () => {
  const { code, stdout, stderr } = await runCli(folder, 'run', '--tui')
  assert.deepEqual([code, stdout, stderr], [2, '', 'parley: --tui needs a command: parley run --tui -- CMD\n'])
})

test('a host of --except is one that a pattern can name', async () => {
  const { code, stderr } = await runCli(folder, 'run', '--except', 'https://x/', 'true')
  assert.equal(code, 2)
  assert.match(stderr, /give HOST or \*\.DOMAIN/)
})
