import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { meaning, type OptionRow, proxyOptions, screenOptions } from '../src/cli/options.ts'

/** `npm run docs`: writes what the README has from the source. */

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

/** The README with the table of options as the rows give it. */
export const withTables = (readme: string): string =>
  readme.replace(/\| option \| meaning \|\n(?:\|.*\n)+/, () => {
    return `${optionTable(Object.values({ ...proxyOptions, ...screenOptions }))}\n`
  })

if (import.meta.main) writeFileSync(readmePath, withTables(readFileSync(readmePath, 'utf8')))
