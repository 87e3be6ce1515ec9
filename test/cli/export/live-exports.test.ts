import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { withExports } from '../../../src/cli/export/live-exports.ts'
import { assertHar } from '../../export/har/judges.ts'
import { ownFolder, startVisiting } from '../recorded-run.ts'

const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n').filter(Boolean)

test('files are written while it records, whole at every moment, and have all at the end', async () => {
  const folder = ownFolder()
  const [har, ndjson] = [join(folder, 'a.har'), join(folder, 'a.ndjson')]
  const visiting = await startVisiting(folder)
  const wishes = [
    { as: 'har', path: har },
    { as: 'ndjson', path: ndjson },
  ] as const
  const run = await withExports(visiting.run, { export: wishes, redact: undefined })
  const entries = () => {
    const value = JSON.parse(readFileSync(har, 'utf8'))
    assertHar(value)
    return value.log.entries
  }
  assert.deepEqual(entries(), [])
  await visiting.visit('tls13', '/json?token=abc')
  const until = performance.now() + 8000
  while (entries().length < 1 && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
  assert.equal(entries().length, 1)
  await visiting.visit('plain')
  await visiting.visit('expired')
  await Promise.all([run.close(), run.close()])
  await visiting.close()
  assert.ok(entries().length >= 2)
  assert.equal(entries()[0]._tls.upstream.outcome, 'established')
  assert.match(JSON.stringify(entries()), /token=abc/)
  assert.deepEqual(
    lines(ndjson)
      .map(line => JSON.parse(line).id)
      .sort(),
    [1, 2, 3],
  )
  assert.equal(statSync(har).mode & 0o777, 0o600)
})

test('what is redacted never reaches the file, and the run keeps what it can do', async () => {
  const folder = ownFolder()
  const har = join(folder, 'a.har')
  const visiting = await startVisiting(folder)
  const run = await withExports(visiting.run, { export: [{ as: 'har', path: har }], redact: '' })
  assert.deepEqual([run.port, run.ruleHits.rules], [visiting.run.port, []])
  await visiting.visit('plain', '/json?token=abc')
  await run.close()
  await visiting.close()
  const text = readFileSync(har, 'utf8')
  assert.match(text, /token=REDACTED/)
  assert.doesNotMatch(text, /token=abc/)
})

test('a file that cannot be opened is an error, and without wishes the run stays as it is', async () => {
  const visiting = await startVisiting(ownFolder())
  const wish = { as: 'har', path: '/none/such/a.har' } as const
  await assert.rejects(
    withExports(visiting.run, { export: [wish], redact: undefined }),
    /--export: .* cannot be written \(ENOENT\)/,
  )
  assert.equal(await withExports(visiting.run, { export: [], redact: undefined }), visiting.run)
  const kept = { as: 'har', path: join(ownFolder(), 'a.har') } as const
  await assert.rejects(withExports(visiting.run, { export: [kept], redact: '/none/such' }), /--redact: .*ENOENT/)
  assert.equal(existsSync(kept.path), false, 'no file is touched before')
  await visiting.close()
})
