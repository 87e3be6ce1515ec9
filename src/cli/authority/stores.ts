import type { Checked, Standing, StoreKind } from '../../../ca/index.ts'
import { trustStores } from '../../../ca/index.ts'
import { printableLines } from '../../view/printable.ts'
import { consents } from '../consent.ts'
import { print, printJson } from '../stdout.ts'

export interface StoreFlags {
  readonly caDir: string
  readonly yes?: boolean
  readonly json?: boolean
}

/** What is looked at where no store is named: what this machine's programs trust. */
export const usualStores: readonly StoreKind[] = ['system', 'nss', 'java']

/** How a store stands, or what became of it. */
export type SaidStanding = Standing | 'not-done' | 'removed' | 'was-gone'

const words: Readonly<Record<SaidStanding, string>> = {
  trusted: 'trusted',
  'not-trusted': 'not trusted',
  'other-root': 'another Parley root',
  'not-there': 'not there',
  unknown: 'cannot tell',
  'not-done': 'not done',
  removed: 'removed',
  'was-gone': 'was gone',
}

const width = Math.max(...Object.values(words).map(({ length }) => length))

let asJson = false

/** From now on stores are told in JSON, one a line: ca.schema.json describes every member. */
export function sayInJson(wanted: boolean | undefined): void {
  asJson = wanted === true
}

/** One line for a store: how it stands, which one it is, and why. */
export function sayStore(standing: SaidStanding, kind: StoreKind, place = '', says = ''): void {
  if (asJson) return printJson({ version: 1, store: { kind, place, standing, says } })
  const line = `${words[standing].padEnd(width)}  ${kind.padEnd(7)}  ${place}${says && `${place && ' '}(${says})`}`
  print(`${printableLines(line).join(' ').trimEnd()}\n`)
}

export const sayChecked = ({ standing, says }: Checked, store: { readonly kind: StoreKind; readonly place: string }) =>
  sayStore(standing, store.kind, store.place, says)

type Trust = Awaited<ReturnType<typeof trustStores>>
type Task = Awaited<ReturnType<Trust['planInstall']>>

/** Those that the person lets run: all where none needs root, or where the person agrees; the others are named. */
export async function agreedTasks<T extends Task>(
  tasks: readonly T[],
  yes: boolean | undefined,
): Promise<readonly T[]> {
  const { showStep, thisMachine } = await trustStores()
  const asRoot = (task: Task) => task.steps.filter(step => step.asRoot)
  const commands = tasks.flatMap(asRoot).map(step => showStep(thisMachine(), step))
  if (await consents(commands, yes)) return tasks
  for (const { store } of tasks.filter(task => asRoot(task).length > 0)) sayFailed(store, 'not agreed to')
  return tasks.filter(task => asRoot(task).length === 0)
}

/** Says what did not work; the command's exit code tells it too. */
export function sayFailed(store: { readonly kind: StoreKind; readonly place: string }, why: string): void {
  process.exitCode = 1
  sayStore('not-done', store.kind, store.place, why)
}

/** What `act` throws because of a store is said, and the others go on. */
export async function orSay(
  store: { readonly kind: StoreKind; readonly place: string },
  act: () => Promise<void>,
): Promise<void> {
  const { TrustError } = await trustStores()
  try {
    await act()
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    sayFailed(store, error.message)
  }
}
