import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { openCaptureWriter } from '../../../src/store/writer.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
const path = join(folder, 'a.parley')
const text = `beginning ${'x'.repeat(5000)} the end`

before(() => {
  const writer = openCaptureWriter(path)
  writer.connection(connectionOf(1))
  const { response, ...rest } = exchangeOf(1)
  writer.exchange({ ...rest, response: { ...response!, bodyBytes: text.length } })
  writer.body(1, 'response', 0, Buffer.from(text))
  writer.close()
})

const shown = async (file: string) => {
  const { code, stdout, stderr } = await runCli(folder, 'show', file, '--json')
  const { body } = JSON.parse(stdout).exchanges[0].response
  return { code, stderr, text: body.text, problem: body.problem }
}

test('open and show take both forms of a capture: the two files, and the one that export makes of them', async () => {
  const copy = join(folder, 'copy.parley')
  assert.deepEqual(await runCli(folder, 'export', path, '--as', 'capture', '-o', copy), {
    code: 0,
    stdout: '',
    stderr: '',
  })
  assert.equal(existsSync(`${copy}-bodies`), false)
  const whole = { code: 0, stderr: '', text, problem: undefined }
  assert.deepEqual(await shown(path), whole)
  assert.deepEqual(await shown(copy), whole)
  const [two, one] = await Promise.all([runCli(folder, 'open', path), runCli(folder, 'open', copy)])
  assert.deepEqual([one.code, one.stdout], [0, two.stdout])
  const again = await runCli(folder, 'export', path, '--as', 'capture', '-o', copy)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /already exists: .*copy\.parley/)
})

test('one file of the two alone: it opens, and what is missing is named everywhere', async () => {
  rmSync(`${path}-bodies`)
  const { code, stderr, text, problem } = await shown(path)
  assert.equal(code, 0)
  assert.equal(text, '')
  for (const said of [stderr, problem]) assert.match(said, /not beside the capture.*a\.parley-bodies/)
  const lines = await runCli(folder, 'show', path)
  assert.match(lines.stdout, /\* body: \d+ bytes, not kept\n\* the file with the large bodies is not beside/)
  const exported = await runCli(folder, 'export', path, '--as', 'capture', '-o', join(folder, 'lacking.parley'))
  assert.equal(exported.code, 1)
  assert.match(exported.stderr, /lacking\.parley was made, but lacks bodies: .*Put it there/)
})

test('a format that there is none of, and no output, are usage errors', async () => {
  const wrong = await Promise.all([
    runCli(folder, 'export', path, '--as', 'none', '-o', join(folder, 'x')),
    runCli(folder, 'export', path, '--as', 'capture'),
    runCli(folder, 'export', path, '~c 200', '--as', 'capture', '-o', join(folder, 'x')),
    runCli(folder, 'export', path, '~c (', '--as', 'har'),
  ])
  assert.deepEqual(
    wrong.map(({ code }) => code),
    [2, 2, 2, 2],
  )
  assert.match(wrong[0].stderr, /Allowed choices are capture, har/)
  assert.match(wrong[3].stderr, /column 4: expected a status/)
})

test('text goes to stdout or into a file, with the flows that fit', async () => {
  const file = join(folder, 'a.har')
  const [out, dash, into, none] = await Promise.all([
    runCli(folder, 'export', path, '--as', 'har'),
    runCli(folder, 'export', path, '--as', 'har', '-o', '-'),
    runCli(folder, 'export', path, '--as', 'har', '-o', file),
    runCli(folder, 'export', path, '~c 599', '--as', 'har'),
  ])
  const count = (text: string): number => JSON.parse(text).log.entries.length
  assert.deepEqual([count(out.stdout), count(none.stdout)], [1, 0])
  assert.equal(dash.stdout, out.stdout)
  assert.deepEqual([into.code, into.stdout, readFileSync(file, 'utf8')], [0, '', out.stdout])
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('with --redact secrets stay here, and what was left out is told; a file names more', async () => {
  const rules = join(folder, 'rules.json')
  writeFileSync(rules, '{ "headers": ["Host"] } // more')
  const [plain, more, key, whole, broken] = await Promise.all([
    runCli(folder, 'export', '--redact', path, '--as', 'har'),
    runCli(folder, 'export', `--redact=${rules}`, path, '--as', 'har'),
    runCli(folder, 'export', '--redact', path, '--as', 'keylog'),
    runCli(folder, 'export', '--redact', path, '--as', 'capture', '-o', join(folder, 'x')),
    runCli(folder, 'export', `--redact=${path}`, path, '--as', 'har'),
  ])
  const said = (text: string): string => text.slice(text.lastIndexOf('parley: '))
  const hostOf = (text: string): string => JSON.parse(text).log.entries[0].request.headers[0].value
  assert.deepEqual([said(plain.stderr), hostOf(plain.stdout)], ['parley: nothing was redacted\n', 'api.example.com'])
  assert.deepEqual(
    [said(more.stderr), hostOf(more.stdout)],
    ['parley: redacted 1 value:\n  1 × host (request header)\n', 'REDACTED'],
  )
  assert.deepEqual([key.code, whole.code, broken.code], [2, 2, 2])
  assert.match(key.stderr, /cannot be redacted: a key log is nothing but secrets/)
  assert.match(broken.stderr, /--redact: .*a\.parley: line 1/)
})
