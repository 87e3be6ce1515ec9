import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder } from './recorded-run.ts'
import { runCli } from './run-cli.ts'

const folder = ownFolder()

test('--help lists every command and goes to stdout', async () => {
  const { code, stdout, stderr } = await runCli(folder, '--help')
  assert.deepEqual([code, stderr], [0, ''])
  for (const command of ['trace', 'demo', 'record', 'open', 'show', 'ca'])
    assert.match(stdout, new RegExp(`^ {2}${command}\\b`, 'm'))
  assert.ok(stdout.includes('--listen <host:port>'))
})

test('an unknown option fails, is named on stderr, and nothing goes to stdout', async () => {
  const { code, stdout, stderr } = await runCli(folder, '--nonsense')
  assert.equal(code, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /^parley: unknown option '--nonsense'/)
  assert.ok(stderr.includes('--help'))
})

test('a value that cannot be is refused with what would be right', async () => {
  const { code, stderr } = await runCli(folder, '--listen', 'nowhere')
  assert.equal(code, 2)
  assert.match(stderr, /HOST:PORT/)
})

test('what a command cannot do is one line on stderr, prefixed, without a stack', async () => {
  const { code, stderr } = await runCli(folder, 'open', '/no/such.parley')
  assert.equal(code, 1)
  assert.match(stderr, /^parley: [^\n]+\n$/)
  assert.ok(stderr.includes('/no/such.parley'))
})

test('help COMMAND is that command with --help', async () => {
  const [asked, flag] = await Promise.all([runCli(folder, 'help', 'trace'), runCli(folder, 'trace', '--help')])
  assert.deepEqual(asked, flag)
  assert.ok(asked.stdout.startsWith('Usage: parley trace'))
})

test('help shows no value in a notation of its own', async () => {
  const { stdout } = await runCli(folder, 'help', 'trace')
  assert.doesNotMatch(stdout, /\(default: [[{]/)
})

test('what is no command is named with the commands that there are', async () => {
  const { code, stderr } = await runCli(folder, 'trac', 'https://localhost/')
  assert.equal(code, 2)
  assert.match(stderr, /^parley: no such command: trac; the commands are .*trace, demo.*\. Did you mean trace\?/)
})

test('an error comes with what to do about it', async () => {
  const { stderr } = await runCli(folder, 'open', folder)
  assert.match(stderr, /not a Parley capture: .* is a folder\. Open a file that Parley wrote/)
})
