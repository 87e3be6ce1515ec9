import { join } from 'node:path'
import type { LeftBehind } from '../doctor/surroundings.ts'
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

/** Undoes what earlier Parleys left that were killed. What hinders it is said, and what came of it is told. */
export async function undoLeftBehind(journal: Journal = openJournal()): Promise<LeftBehind> {
  const undone: string[] = []
  const hindered = new Set<string>()
  for (const [kind, undo] of Object.entries(undoers))
    try {
      if (journal.orphans(kind).length === 0) continue
      await undo(journal)
      const [stays] = journal.orphans(kind)
      if (stays) hindered.add(`of an earlier Parley that was killed this stays: ${stays.kind} ${stays.key}`)
      else undone.push(kind)
    } catch (error) {
      hindered.add((error as Error).message)
    }
  for (const message of hindered) note(message)
  return { undone, hindered: [...hindered] }
}
