import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { assertFits } from '../../view/json/schemas.ts'
import { ownFolder, recordVisits } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
let path = ''
before(async () => {
  ;({ path } = await recordVisits(folder))
})

test('the exit code says whether all hold', async () => {
  const [well, ill] = await Promise.all([
    runCli(folder, 'assert', path, 'some ~c 200', 'all ~d tls13 are ~tls 1.3'),
    runCli(folder, 'assert', path, 'some ~c 200', 'no ~failed'),
  ])
  assert.deepEqual([well.code, well.stderr], [0, ''])
  assert.match(well.stdout, /\n2 expectations: all hold\n$/)
  assert.deepEqual([ill.code, ill.stderr], [1, ''])
  assert.match(ill.stdout, /✗ no ~failed: 1 of 3 flows fits\n {4}#3 GET https:\/\/expired\.localhost:\d+\/json 502: /)
})

test('an expectation that cannot be read is 2 with its column; a capture or report that cannot be had is 3', async () => {
  const [wrong, none, missing, unwritten] = await Promise.all([
    runCli(folder, 'assert', path, 'no ~failed', 'all ~d a are ~bogus'),
    runCli(folder, 'assert', path),
    runCli(folder, 'assert', join(folder, 'none.parley'), 'no ~failed'),
    runCli(folder, 'assert', path, 'some ~s', '--junit', join(folder, 'no', 'report.xml')),
  ])
  assert.deepEqual([wrong.code, none.code, missing.code, unwritten.code], [2, 2, 3, 3])
  assert.equal(
    wrong.stderr,
    `parley: 'all ~d a are ~bogus': column 14: expected an operator such as ~d, found "~bogus"\n`,
  )
  assert.match(none.stderr, /missing required argument 'expectation'/)
  assert.match(missing.stderr, /there is no such capture/)
  assert.match(unwritten.stderr, /report\.xml cannot be written \(ENOENT\)/)
})

test('a JUnit report, annotations and JSON', async () => {
  const junit = join(folder, 'report.xml')
  const [github, json, both] = await Promise.all([
    runCli(folder, 'assert', path, 'no ~failed', '--github', '--junit', junit),
    runCli(folder, 'assert', path, 'no ~failed', '--json', '--most', '1'),
    runCli(folder, 'assert', path, 'no ~failed', '--json', '--github'),
  ])
  assert.match(github.stdout, /^::error title=no ~failed::1 of 3 flows fits%0A#3 GET [^\n]*$/m)
  assert.match(readFileSync(junit, 'utf8'), /<testcase name="no ~failed"[^>]*>\n *<failure /)
  const report = JSON.parse(json.stdout)
  assertFits('assert', report)
  const { holds, expectations } = report
  assert.deepEqual([holds, expectations[0].fit, expectations[0].against.length, json.code], [false, 1, 1, 1])
  assert.equal(both.code, 2)
})

test('what others recorded is judged as well, and what cannot be read is not mistaken for an answer', async () => {
  const har = join(folder, 'seen.har')
  const head = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], headersSize: -1, bodySize: 0 }
  const entry = {
    startedDateTime: '2026-01-02T03:04:05.000Z',
    time: 1,
    request: { ...head, method: 'GET', url: 'https://a.example/', queryString: [] },
    response: { ...head, status: 204, statusText: '', redirectURL: '', content: { size: 0, mimeType: 'x-unknown' } },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  }
  writeFileSync(
    har,
    JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entry] } }),
  )
  const damaged = join(folder, 'damaged.parley')
  writeFileSync(damaged, 'SQLite format 3\0 and nothing more')
  const [imported, broken] = await Promise.all([
    runCli(folder, 'assert', har, 'all ~d a.example are ~c 204'),
    runCli(folder, 'assert', damaged, 'no ~failed'),
  ])
  assert.deepEqual([imported.code, broken.code], [0, 3], imported.stderr + broken.stderr)
})
