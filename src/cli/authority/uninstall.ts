import { renewal, type StoreKind, trustStores } from '../../../ca/index.ts'
import { note } from '../fail.ts'
import { openJournal } from '../open-journal.ts'
import { agreedTasks, orSay, type StoreFlags, sayInJson, sayStore } from './stores.ts'

type Trust = Awaited<ReturnType<typeof trustStores>>
type Touched = ReturnType<Trust['readTouched']>['touched'][number]
type Undoing = Awaited<ReturnType<Trust['planRemoval']>> & { readonly touched: Touched }

/**
 * `parley ca uninstall [STORE...]`: takes out what Parley put into stores, of earlier roots too, and nothing else. When
 * nothing trusts an earlier root any more, its key goes.
 */
export async function uninstallRoots(kinds: readonly StoreKind[], { caDir, yes, json }: StoreFlags): Promise<void> {
  sayInJson(json)
  const { inPrivateFolder, readTouched } = await trustStores()
  const journal = openJournal()
  const { touched, damaged } = readTouched(journal)
  const wanted = touched.filter(({ store }) => kinds.length === 0 || kinds.includes(store))
  if (wanted.length === 0) note('nothing of Parley’s is in these stores, as far as it was Parley that put it there')
  await inPrivateFolder(folder => undo(wanted, folder, yes))
  for (const key of damaged) {
    process.exitCode = 1
    note(`${journal.path} has an entry that Parley did not write, which is left alone: ${key}`)
  }
  if (damaged.length > 0) return
  const needed = new Set(readTouched(journal).touched.map(({ sha256 }) => sha256))
  const { dropOldAuthorities } = await renewal()
  for (const path of await dropOldAuthorities(caDir, sha256 => needed.has(sha256))) note(`removed ${path}`)
}

async function undo(wanted: readonly Touched[], folder: string, yes: boolean | undefined): Promise<void> {
  const { planRemoval, remove, thisMachine } = await trustStores()
  const machine = thisMachine()
  const undoings: Undoing[] = []
  for (const touched of wanted)
    await orSay({ kind: touched.store, place: touched.place }, async () => {
      undoings.push({ ...(await planRemoval(machine, touched, folder)), touched })
    })
  for (const undoing of await agreedTasks(undoings, yes)) {
    const { store, steps, touched } = undoing
    await orSay(store, async () => {
      await remove(machine, openJournal(), touched, undoing)
      sayStore(steps.length > 0 ? 'removed' : 'was-gone', store.kind, store.place, store.byHand?.remove)
    })
  }
}
