import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { assertFits, linesOf } from '../../view/json/schemas.ts'
import { recordTwoRuns } from '../compare/two-runs.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
let paths: readonly [string, string]
before(async () => {
  paths = await recordTwoRuns(folder)
})

test('the exit code says whether anything differs', async () => {
  const [same, other, within] = await Promise.all([
    runCli(folder, 'compare', paths[0], paths[0]),
    runCli(folder, 'compare', ...paths),
    runCli(folder, 'compare', ...paths, '--ignore', 'Status', '--ignore', 'X-Run', '--ignore', 'body', '~u', '/answer'),
  ])
  assert.deepEqual([same.code, same.stderr], [0, ''])
  assert.match(same.stdout, /^\d connections and \d flows compared: no difference\n$/)
  assert.deepEqual([other.code, other.stderr], [1, ''])
  assert.match(
    other.stdout,
    /≠ tls13\.localhost:\d+ {2}c\d+ ↔ c\d+\n(?: {4}.*\n)*? {4}Client leg: .*TLS 1\.3 → TLS 1\.2/,
  )
  assert.match(other.stdout, /≠ GET http:\/\/127\.0\.0\.1:\d+\/answer {2}#\d+ ↔ #\d+\n {4}status: 200 → 500\n/)
  assert.deepEqual([within.code, within.stdout], [0, '1 connection and 1 flow compared: no difference\n'])
})

test('as JSON it is a line for each difference, and the sum', async () => {
  const { code, stdout } = await runCli(folder, 'compare', ...paths, '--json')
  assert.equal(code, 1)
  const lines = linesOf(stdout)
  for (const line of lines) assertFits('compare', line)
  const { kind, same, left } = lines.at(-1)!
  assert.deepEqual([kind, same, left], ['sum', false, paths[0]])
})

test('a filter that cannot be read is 2, a capture that cannot be read is 3', async () => {
  const [filter, capture] = await Promise.all([
    runCli(folder, 'compare', ...paths, '~d', 'a', '~bogus'),
    runCli(folder, 'compare', paths[0], join(folder, 'none.parley')),
  ])
  assert.deepEqual([filter.code, capture.code], [2, 3])
  assert.equal(filter.stderr, 'parley: the filter: column 6: expected an operator such as ~d, found "~bogus"\n')
})
