import { join } from 'node:path'
import { Journal } from '../launch/journal.ts'
import { captureFolder } from '../store/data-folder.ts'
import { note } from './fail.ts'

/** What Parley has changed on this machine: beside the captures. */
export const openJournal = (): Journal => new Journal(join(captureFolder(), '..', 'touched.json'))

/** Undoes what earlier Parleys left that were killed. What hinders it is said. */
export async function undoLeftBehind(journal: Journal = openJournal()): Promise<void> {
  try {
    if (journal.orphans('system-proxy').length === 0) return
    const { takeBackLeftBehind } = await import('./system-proxy.ts')
    takeBackLeftBehind(journal)
  } catch (error) {
    note((error as Error).message)
  }
}
