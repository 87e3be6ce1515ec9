import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { connectionText } from '../../src/cli/print-connection.ts'
import { printFlows } from '../../src/cli/print-flows.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { change, harmful, hostileCopy, tablesOf } from '../store/hostile.ts'
import { ownFolder, recordVisits } from './recorded-run.ts'
import { runCli } from './run-cli.ts'

const folder = ownFolder()
const [path, hostile, broken] = ['capture', 'hostile', 'broken'].map(name => join(folder, `${name}.parley`)) as [
  string,
  string,
  string,
]
before(async () => hostileCopy((await recordVisits(folder)).path, hostile))

/** What `show`, `show --json` and `open` print. */
function* texts(capture: Capture): Generator<string> {
  for (const connection of capture.connections({ limit: 100 }))
    for (const json of [false, true]) yield connectionText(capture, connection, { json, style: { color: false } })
  const lines: string[] = []
  printFlows(capture, line => lines.push(line))
  yield lines.join('\n')
}

test('nothing of a hostile capture is printed that a terminal obeys', () => {
  const capture = openCapture(hostile)
  for (const text of texts(capture)) for (const line of text.split('\n')) assert.doesNotMatch(line, harmful)
  capture.close()
})

test('show and open print it with all they have of it', async () => {
  for (const args of [
    ['show', hostile],
    ['show', hostile, '--json'],
    ['open', hostile],
  ]) {
    const { code, stdout, stderr } = await runCli(folder, ...args)
    assert.equal(code, 0, stderr)
    assert.ok(stdout.length > 300)
    assert.doesNotMatch(stdout.replaceAll('\n', ''), harmful)
  }
})

test('assertions, comparisons and lists of it obey nothing either', async () => {
  const report = join(folder, 'report.xml')
  const expectations = ['no ~all', '~all == 0', 'all ~m \u{202e}']
  for (const args of [
    ['assert', hostile, ...expectations, '--github', '--junit', report],
    ['assert', hostile, ...expectations, '--json'],
    ['compare', hostile, path, '--strict'],
    ['compare', path, hostile, '--strict', '--json'],
    ['open', hostile, '--json'],
  ]) {
    const { code, stdout, stderr } = await runCli(folder, ...args)
    assert.equal(code, args[0] === 'open' ? 0 : 1, stderr)
    assert.ok(stdout.length > 300, stdout)
    assert.doesNotMatch(stdout.replaceAll('\n', ''), harmful, args.join(' '))
  }
  assert.doesNotMatch(readFileSync(report, 'utf8').replaceAll('\n', ''), harmful)
})

test('a file name and an argument are printable in errors', async () => {
  const evil = '\x1b]52;c;QQ==\x07\u202e'
  for (const args of [['show', evil], ['open', `${folder}/${evil}`], [`--${evil}`], ['show', path, evil], [evil]]) {
    const { code, stderr } = await runCli(folder, ...args)
    assert.notEqual(code, 0)
    assert.match(stderr, /^parley: .*\\x1b\]52/)
    assert.doesNotMatch(stderr.replaceAll('\n', ''), harmful)
  }
})

const odd = [
  ...['null', '[]', '{}', '"x"', '[1]', '{"__proto__":{"id":1}}', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '{'],
  ...[null, -1, 0.5, 1e300, 9_007_199_254_740_993n, '\x1b]52;c;QQ==\x07', new Uint8Array([27, 93]), new Uint8Array()],
]
const oddEach = 16 // each column gets the next one of them
const sentence = /^(the capture is damaged|the capture could not be read or written|that is not a Parley capture)/

/** Column types do not hold where somebody edits the schema afterwards. */
function loosened(
  work: (run: (sql: string, ...values: (string | number | bigint | null | Uint8Array)[]) => void) => void,
): void {
  change(path, broken, database => {
    database.enableDefensive(false)
    database.exec(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')'); PRAGMA writable_schema = RESET",
    )
    database.exec('PRAGMA ignore_check_constraints = ON')
    work((sql, ...values) => {
      try {
        database.prepare(sql).run(...values)
      } catch {} // a NOT NULL, or a number that is taken
    })
    database.exec(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
  })
}

test('whatever stands in a column, it is shown or told in a sentence', () => {
  const columns: [string, string][] = []
  change(path, broken, database => {
    for (const { name } of tablesOf(database))
      for (const column of database.prepare('SELECT name FROM pragma_table_info(?)').all(name))
        columns.push([name, String(column.name)])
  })
  for (const [index, [table, column]] of columns.entries())
    for (const value of odd.filter((_, i) => i % oddEach === index % oddEach)) {
      loosened(run => run(`UPDATE OR IGNORE ${table} SET ${column} = ?`, value))
      const what = `${table}.${column} = ${String(value).slice(0, 30)}`
      let capture: Capture | undefined
      try {
        capture = openCapture(broken)
        for (const text of texts(capture)) assert.doesNotMatch(text.replaceAll('\n', ''), harmful, what)
      } catch (error) {
        assert.match((error as Error).message, sentence, what)
      } finally {
        capture?.close()
      }
    }
})
