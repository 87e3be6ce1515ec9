import { openAuthority, type StoreKind, trustStores } from '../../../ca/index.ts'
import { openJournal } from '../open-journal.ts'
import { agreedTasks, orSay, type StoreFlags, sayChecked, sayInJson, sayStore, usualStores } from './stores.ts'

type Trust = Awaited<ReturnType<typeof trustStores>>
type Task = Awaited<ReturnType<Trust['planInstall']>>

/** `parley ca install [STORE...]`: has every store of these kinds trust the root. */
export async function installRoot(kinds: readonly StoreKind[], { caDir, yes, json }: StoreFlags): Promise<void> {
  sayInJson(json)
  const { check, install, thisMachine, trustedRoot } = await trustStores()
  const machine = thisMachine()
  const { certificateDer, certificatePath } = await openAuthority(caDir)
  const root = trustedRoot(certificateDer, certificatePath)
  const tasks: Task[] = []
  for (const kind of kinds.length > 0 ? kinds : usualStores) tasks.push(...(await tasksFor(kind, root)))
  for (const task of await agreedTasks(tasks, yes))
    await orSay(task.store, async () => {
      const before = await check(task.store, root) // another store's programs may have done it
      if (before.standing === 'trusted') return sayChecked(before, task.store)
      const { standing, says } = await install(machine, openJournal(), task)
      sayChecked({ standing, says: task.store.byHand?.install ?? says ?? '' }, task.store)
    })
}

/** What there is to do in the stores of a kind; of those where there is nothing it is said at once. */
async function tasksFor(kind: StoreKind, root: Parameters<Trust['check']>[1]): Promise<readonly Task[]> {
  const { check, findStores, planInstall, thisMachine } = await trustStores()
  const tasks: Task[] = []
  await orSay({ kind, place: '' }, async () => {
    const stores = await findStores(thisMachine(), kind)
    if (stores.length === 0) sayStore('not-there', kind)
    for (const store of stores)
      await orSay(store, async () => {
        const checked = await check(store, root)
        if (['trusted', 'not-there'].includes(checked.standing)) sayChecked(checked, store)
        else tasks.push(await planInstall(store, root))
      })
  })
  return tasks
}
