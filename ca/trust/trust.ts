import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeAt } from './find-stores.ts'
import { type Step, TrustError, take } from './step.ts'
import { type Checked, type Store, type TrustedRoot, trustedRoot } from './store.ts'
import type { Surroundings } from './surroundings.ts'
import { forgetTouched, noteTouched, type Touched, type TrustJournal } from './touched.ts'

export { findStores } from './find-stores.ts'
export { type Step, showStep, TrustError } from './step.ts'
export {
  type Checked,
  type Standing,
  type Store,
  type StoreKind,
  storeKinds,
  type TrustedRoot,
  trustedRoot,
} from './store.ts'
export { findProgram, type Surroundings, thisMachine } from './surroundings.ts'
export { readTouched, type Touched, type TrustJournal } from './touched.ts'

/** What is to be done in one store, before it is done. */
export interface Task {
  readonly store: Store
  readonly root: TrustedRoot
  readonly steps: readonly Step[]
}

/** How a store stands; a failure to ask it is an answer too. */
export async function check(store: Store, root: TrustedRoot): Promise<Checked> {
  try {
    return await store.check(root)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return { standing: 'unknown', says: error.message }
  }
}

/** What makes a store trust the root. Throws TrustError. */
export const planInstall = async (store: Store, root: TrustedRoot): Promise<Task> => ({
  store,
  root,
  steps: await store.install(root),
})

/** Writes down what is about to change, changes it, and looks whether the store trusts the root then. Throws TrustError. */
export async function install(surroundings: Surroundings, journal: TrustJournal, task: Task): Promise<Checked> {
  const { store, root, steps } = task
  for (const place of [store, ...(store.reaches ?? [])]) noteTouched(journal, place, root)
  for (const step of steps) await take(surroundings, step)
  const checked = await check(store, root)
  if (checked.standing === 'trusted' || store.byHand) return checked
  throw new TrustError(`${store.place} does not trust the root all the same${checked.says ? `: ${checked.says}` : ''}`)
}

/**
 * What takes out what was put in, and no more: nothing where it is gone. `folder` is where the root's certificate can be
 * written for programs that want a file. Throws TrustError.
 */
export async function planRemoval(surroundings: Surroundings, touched: Touched, folder: string): Promise<Task> {
  const store = await storeAt(surroundings, touched.store, touched.place)
  const root = trustedRoot(touched.der, join(folder, `${touched.sha256}.pem`))
  writeFileSync(root.path, root.pem, { mode: 0o600 })
  return { store, root, steps: await store.remove(root) }
}

/** Takes the root out, sees that it is out, and forgets it. Throws TrustError. */
export async function remove(
  surroundings: Surroundings,
  journal: TrustJournal,
  touched: Touched,
  task: Task,
): Promise<void> {
  for (const step of task.steps) await take(surroundings, step)
  if (task.steps.length > 0 && (await task.store.remove(task.root)).length > 0)
    throw new TrustError(`${task.store.place} still has the root`)
  forgetTouched(journal, touched)
}

/** A private folder for as long as `use` runs. */
export async function inPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-trust-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
