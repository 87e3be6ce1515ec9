import { clients } from './clients.ts'
import type { Verdict } from './try-client.ts'

const head = '| with `parley run` | programs and libraries |'
const rows: Readonly<Record<Verdict, string>> = {
  'as it is': 'works as it is',
  'with more': 'works with a word more',
  not: 'goes around Parley',
}

/** The README with its table of clients as it was found to be; of a client that was not tried the table is believed. */
export function withClientTable(readme: string, found: ReadonlyMap<string, Verdict>): string {
  const before = verdictsIn(readme)
  const among = (verdict: Verdict): string =>
    clients
      .filter(({ name }) => (found.get(name) ?? before.get(name)) === verdict)
      .map(({ name, more }) => (verdict === 'with more' ? `${name} (${more!.says})` : name))
      .join(', ')
  const lines = Object.entries(rows).map(([verdict, says]) => `| ${says} | ${among(verdict as Verdict)} |\n`)
  const [start, end] = placeIn(readme)
  return `${readme.slice(0, start)}${head}\n|---|---|\n${lines.join('')}${readme.slice(end)}`
}

/** What the README says of each client. */
export function verdictsIn(readme: string): ReadonlyMap<string, Verdict> {
  const table = readme.slice(...placeIn(readme))
  return new Map(
    Object.entries(rows).flatMap(([verdict, says]) => {
      const names = new RegExp(`^\\| ${says} \\| (.*) \\|$`, 'm').exec(table)?.[1]?.split(', ') ?? []
      return names.map(name => [name.replace(/ \(`.*/, ''), verdict as Verdict] as const)
    }),
  )
}

function placeIn(readme: string): readonly [start: number, end: number] {
  const start = readme.indexOf(head)
  if (start < 0) throw new Error(`the README has no line ${head}`)
  return [start, start + /^(?:\|.*\n)+/.exec(readme.slice(start))![0].length]
}
