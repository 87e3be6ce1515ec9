import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { CliError } from '../../src/cli/fail.ts'
import { readRules, watchRules } from '../../src/cli/rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-rules-'))
after(() => rmSync(folder, { recursive: true }))

const none = { first: [], texts: [], last: [] }
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const mistake = (wishes: Parameters<typeof readRules>[0]): string => {
  try {
    readRules(wishes)
    return 'none'
  } catch (error) {
    assert.ok(error instanceof CliError && error.exitCode === 2)
    return error.message
  }
}

test('all rules come in their order, those of a file with its folder', () => {
  const ready = (name: string) => ({ name, when: '', do: ['cors'] })
  const file = fileOf('good.json', '[{"when": "b", "do": "no-cache"}]')
  const rules = readRules({ first: [ready('first')], texts: ['a => no-cache'], file, last: [ready('last')] })
  assert.deepEqual(
    rules.map(({ name, when }) => name ?? when),
    ['first', 'a', 'b', 'last'],
  )
  assert.equal(rules[2]!.folder, folder)
})

test('a mistake is what was typed wrong, and has its place', () => {
  assert.equal(
    mistake({ ...none, texts: ['~d => no-cache'] }),
    "--rule '~d => no-cache': column 3: expected host after ~d, found the end",
  )
  const bad = fileOf('bad.json', '[\n {"when": "", "do": "set-header"}]')
  assert.equal(
    mistake({ ...none, file: bad }),
    `${bad}, line 2, column 32: expected request or response, found the end`,
  )
  assert.match(mistake({ ...none, file: join(folder, 'none') }), /none cannot be read \(ENOENT\)$/)
})

test('a file that changes is read again, and a mistake leaves what was in force', { timeout: 20_000 }, async t => {
  const file = fileOf('live.json', '[]')
  const used: number[] = []
  const said: string[] = []
  t.after(
    watchRules(
      { ...none, file },
      rules => used.push(rules.length),
      text => said.push(text),
    ),
  )
  const until = async (count: number) => {
    while (said.length < count) await wait(20)
  }
  await wait(600) // its first look is what it compares with
  writeFileSync(file, '[{"when": "", "do": "no-cache"}]')
  await until(1)
  renameSync(fileOf('next.json', '[{"when": "", "do": "paint"}] '), file)
  await until(2)
  writeFileSync(file, '[] // none')
  await until(3)
  assert.deepEqual(used, [1, 0])
  assert.equal(said[0], `${file}: 1 rule is in force`)
  assert.match(said[1]!, /line 1, column 22: expected an action: .*; the rules that were in force stay$/)
  assert.equal(said[2], `${file}: 0 rules are in force`)
})
