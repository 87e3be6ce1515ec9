import { diffLines } from './diff.ts'

/** A line as it is shown, and what it is compared by. */
export interface Said {
  readonly text: string
  readonly key: string
}

/** A line of one side and the one that stands in its place on the other; one of both may be missing. */
export interface SideRow {
  readonly client?: string
  readonly server?: string
  readonly mark: '=' | '≠'
}

/** Two texts beside each other, line by line. */
export function sideRows(client: readonly Said[], server: readonly Said[]): readonly SideRow[] {
  const keys = (said: readonly Said[]): string[] => said.map(({ key }) => key)
  const rows: SideRow[] = []
  let [ours, theirs]: [string[], string[]] = [[], []]
  const differing = (): void => {
    rows.push(...paired(ours, theirs))
    ;[ours, theirs] = [[], []]
  }
  for (const { mark, left, right } of diffLines(keys(client), keys(server))) {
    if (mark === '-') ours.push(client[left! - 1]!.text)
    else if (mark === '+') theirs.push(server[right! - 1]!.text)
    else {
      differing()
      rows.push({ client: client[left! - 1]!.text, server: server[right! - 1]!.text, mark: '=' })
    }
  }
  differing()
  return rows
}

const farthest = 50 // lines that are looked through for the counterpart of one

/** Lines that differ: those of the same name stand beside each other, and the others where they come. */
function* paired(client: readonly string[], server: readonly string[]): Iterable<SideRow> {
  let next = 0
  for (const ours of client) {
    const found = server.slice(next, next + farthest).findIndex(theirs => nameIn(theirs) === nameIn(ours))
    for (let i = 0; i < found; i++) yield beside(undefined, server[next++])
    yield beside(ours, found < 0 ? undefined : server[next++])
  }
  for (const theirs of server.slice(next)) yield beside(undefined, theirs)
}

/** Of a field or a member; nothing in other lines. */
const nameIn = (text: string): string => text.slice(0, text.indexOf(':', 1) + 1).toLowerCase()

const beside = (client: string | undefined, server: string | undefined): SideRow => ({
  mark: '≠',
  ...(client !== undefined && { client }),
  ...(server !== undefined && { server }),
})

/** The rows that differ with some equal ones around them; of the others, how many there are. */
export function nearChanges(rows: readonly SideRow[], around: number): readonly (SideRow | number)[] {
  const near = new Set([-1, rows.length])
  for (const [i, { mark }] of rows.entries())
    if (mark === '≠') for (let at = i - around; at <= i + around; at++) near.add(at)
  const shown: (SideRow | number)[] = []
  for (const [i, row] of rows.entries()) {
    const last = shown.at(-1)
    if (near.has(i) || (near.has(i - 1) && near.has(i + 1))) shown.push(row)
    else if (typeof last === 'number') shown[shown.length - 1] = last + 1
    else shown.push(1)
  }
  return shown
}
