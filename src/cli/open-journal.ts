import { join } from 'node:path'
import { Journal } from '../launch/journal.ts'
import { captureFolder } from '../store/data-folder.ts'
import { note } from './fail.ts'

/** What Parley has changed on this machine: beside the captures. */
export const openJournal = (): Journal => new Journal(join(captureFolder(), '..', 'touched.json'))

/** Undoes what a killed Parley left, by what it is; each is loaded where there is some. */
const undoers: Readonly<Record<string, (journal: Journal) => Promise<void>>> = {
  async 'system-proxy'(journal) {
    const { SystemProxy } = await import('../launch/system-proxy/system-proxy.ts')
    const left = new SystemProxy(journal).restoreLeftBehind()
    const but = left.length === 0 ? '' : `, but for what somebody else has set meanwhile: ${left.join(', ')}`
    note(`an earlier Parley was killed; the system proxy is again what it was before that${but}`)
  },
  async browser(journal) {
    const { removeLeftBrowsers } = await import('../launch/browser/open-browser.ts')
    await removeLeftBrowsers(journal)
  },
  async redirect(journal) {
    const { takeAwayOrphans } = await import('../launch/redirect/redirect.ts')
    takeAwayOrphans(journal)
  },
  async folder(journal) {
    const { removeLeftFolders } = await import('../launch/private-folder.ts')
    removeLeftFolders(journal)
  },
}

/** Undoes what earlier Parleys left that were killed. What hinders it is said. */
export async function undoLeftBehind(journal: Journal = openJournal()): Promise<void> {
  const hindered = new Set<string>()
  for (const [kind, undo] of Object.entries(undoers))
    try {
      if (journal.orphans(kind).length > 0) await undo(journal)
    } catch (error) {
      hindered.add((error as Error).message)
    }
  for (const message of hindered) note(message)
}
