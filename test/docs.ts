import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { liveOptions } from '../src/cli/export/live-options.ts'
import { meaning, type OptionRow, proxyOptions, screenOptions, systemOptions } from '../src/cli/options.ts'
import { commandLine } from '../src/cli/program.ts'
import { ruleTable } from '../src/cli/rule-help.ts'
import { manPage } from './man-page.ts'
import { keyTable } from './tui/key-table.ts'

/** `npm run docs`: writes what the README has from the source, and the manual page. */

export const readmePath = join(import.meta.dirname, '..', 'README.md')

const optionTable = (rows: readonly OptionRow<unknown>[]): string =>
  ['| option | meaning |', '|---|---|', ...rows.map(row => `| ${flags(row)} | ${meaning(row)} |`)].join('\n')

/** `-l, --listen <host:port>` as `-l`, `--listen HOST:PORT`. */
const flags = ({ flag }: OptionRow<unknown>): string =>
  flag
    .replace(/<.*>/, value => value.slice(1, -1).toUpperCase())
    .split(', ')
    .map(each => `\`${each}\``)
    .join(', ')

/** The README with the tables of options, keys and actions as the source gives them. */
export const withTables = (readme: string): string =>
  [
    optionTable(Object.values({ ...proxyOptions, ...systemOptions, ...liveOptions, ...screenOptions })),
    keyTable(),
    ruleTable(),
  ].reduce((text, table) => {
    const at = text.indexOf(table.slice(0, table.indexOf('\n')))
    return text.slice(0, at) + text.slice(at).replace(/^(?:\|.*\n)+/, () => `${table}\n`)
  }, readme)

export const manPath = join(import.meta.dirname, '..', 'man', 'parley.1')

export const manual = (): string => manPage(commandLine())

if (import.meta.main) {
  writeFileSync(readmePath, withTables(readFileSync(readmePath, 'utf8')))
  writeFileSync(manPath, manual())
}
