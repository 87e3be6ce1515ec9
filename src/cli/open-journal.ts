import { join } from 'node:path'
import { Journal } from '../launch/journal.ts'
import { captureFolder } from '../store/data-folder.ts'
import { note } from './fail.ts'

/** What Parley has changed on this machine: beside the captures. */
export const openJournal = (): Journal => new Journal(join(captureFolder(), '..', 'touched.json'))

/** Undoes what earlier Parleys left that were killed, and says so; also what hinders it. */
export async function undoLeftBehind(journal: Journal = openJournal()): Promise<void> {
  try {
    if (journal.orphans('system-proxy').length === 0) return
    const { SystemProxy } = await import('../launch/system-proxy/system-proxy.ts')
    const left = new SystemProxy(journal).restoreLeftBehind()
    const but = left.length === 0 ? '' : `, but for what somebody else has set meanwhile: ${left.join(', ')}`
    note(`an earlier Parley was killed; the system proxy is again what it was before that${but}`)
  } catch (error) {
    note((error as Error).message)
  }
}
