import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { ownFolder, recordVisits } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
let path = ''
before(async () => {
  ;({ path } = await recordVisits(folder))
})

test('all connections as JSON, one a line', async () => {
  const { code, stdout, stderr } = await runCli(folder, 'show', path, '--json')
  assert.deepEqual([code, stderr], [0, ''])
  const lines = stdout.trimEnd().split('\n')
  assert.equal(lines.length, 3)
  for (const line of lines) assert.equal(typeof JSON.parse(line), 'object')
  assert.deepEqual(
    ['tls13', 'plain', 'expired'].map((name, index) => lines[index]!.includes(`${name}.localhost`)),
    [true, true, true],
  )
})

test('the connections that are asked for, with or without the c', async () => {
  const { code, stdout } = await runCli(folder, 'show', path, 'c3', '1')
  assert.equal(code, 0)
  const [third, first] = [stdout.indexOf('expired.localhost'), stdout.indexOf('tls13.localhost')]
  assert.ok(third >= 0 && first > third)
  assert.ok(!stdout.includes('plain.localhost'))
})

const members = async (...options: string[]) => {
  const { stdout } = await runCli(folder, 'show', path, ...options)
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

test('a filter picks exchanges with their connections, among those that are named', async () => {
  const asked = ['--fields', 'id,exchangeCount,exchanges.response.status']
  assert.deepEqual(await members(...asked, '--filter', '~d plain'), [
    { id: 2, exchanges: [{ response: { status: 200 } }], exchangeCount: 1 },
  ])
  assert.deepEqual(await members(...asked, '--filter', '~d plain', '1', '3'), [])
  assert.deepEqual(await members(...asked, '--filter', '~m DELETE'), [])
})

test('members, and a filter, that nobody can read fail by name', async () => {
  const [near, far, filter] = await Promise.all([
    runCli(folder, 'show', path, '--fields', 'id,verdit.agreed'),
    runCli(folder, 'show', path, '--fields', 'colour'),
    runCli(folder, 'show', path, '--filter', '~d'),
  ])
  assert.deepEqual([near.code, far.code, filter.code, near.stdout], [2, 2, 2, ''])
  assert.match(near.stderr, /connections have no verdit\. Did you mean verdict\?/)
  assert.match(far.stderr, /no colour; they have version, id, /)
  assert.match(filter.stderr, /--filter: column 3: expected/)
})

test('a number that is none, and one that nobody has, fail by name', async () => {
  const [wrong, missing] = await Promise.all([runCli(folder, 'show', path, 'x1'), runCli(folder, 'show', path, '99')])
  assert.deepEqual([wrong.code, missing.code], [2, 1])
  assert.match(wrong.stderr, /x1 is not a connection number/)
  assert.match(missing.stderr, /no connection c99/)
})
