/**
 * Has BoGo, the TLS test runner of BoringSSL, judge the TLS client of src/wire/tls/client/: `npm run bogo` for all tests,
 * `npm run bogo -- PATTERN...` for some, with all that the runner says of those that fail. README.md has the rest.
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Expected, judge } from './judge.ts'
import { runTests } from './runner.ts'

const folder = process.env.BOGO_FOLDER ?? join(homedir(), '.cache/parley-bogo')
const patterns = process.argv.slice(2)
const expected: Expected = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8'))

const start = performance.now()
const { results, reasons } = await runTests(folder, patterns)
const judgement = judge(results, expected, patterns.length === 0)
if (patterns.length > 0)
  for (const { name, said } of results.filter(({ result }) => result === 'FAILED'))
    console.log(`FAILED ${name}\n${said}\n`)
for (const [reason, count] of [...reasons].sort(([, a], [, b]) => b - a))
  console.log(`not asked: ${count} with ${reason}`)
for (const complaint of judgement.complaints) console.log(complaint)
console.log(`${judgement.summary}, ${((performance.now() - start) / 1000).toFixed(0)} s`)
process.exit(judgement.complaints.length > 0 ? 1 : 0)
