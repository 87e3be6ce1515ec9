import type { Journal } from '../journal.ts'
import { browserEnvironment } from './browser-environment.ts'
import { type BrowserFolders, type KeptProfiles, leftFolders, makeFolders, removeFolders } from './browser-folders.ts'
import { BrowserProcess } from './browser-process.ts'
import { chromium } from './chromium.ts'
import type { Family, Start } from './family.ts'
import type { FoundBrowser } from './find-browser.ts'
import { firefox } from './firefox.ts'
import { endProcessesOf } from './profile-processes.ts'

const families: Readonly<Record<FoundBrowser['family'], Family>> = { chromium, firefox }

/** Where a browser is sent. */
export interface Visit extends Omit<Start, 'browser' | keyof BrowserFolders> {
  /** The person's own arguments, after Parley's. */
  readonly extra: readonly string[]
  readonly url?: string
  readonly keep?: KeptProfiles
}

/** A browser that runs. */
export interface OpenBrowser {
  readonly title: string
  /** Resolves when nothing of it runs any more; to what went wrong, if the person did not just close it. */
  readonly ended: Promise<string | undefined>
  /** Ends it, by force after `patience` ms, and removes what it had. */
  close(patience?: number): Promise<void>
}

/** Starts a browser with a profile of its own. Rejects, with nothing left, if it cannot be set up or started. */
export async function openBrowser(journal: Journal, browser: FoundBrowser, visit: Visit): Promise<OpenBrowser> {
  const folders = makeFolders(journal, browser, visit.keep)
  try {
    const family = families[browser.family]
    const environment = { ...visit.environment, ...family.environment }
    const own = visit.platform === 'linux' && browser.home === undefined
    const start: Start = {
      ...visit,
      ...folders,
      browser,
      environment: own ? browserEnvironment(environment, folders.folder, visit.home) : environment,
    }
    await family.prepare(start)
    const words = [...family.arguments(start), ...visit.extra, visit.url ?? 'about:blank']
    const running = new BrowserProcess({ ...start, ...browser, words })
    await running.started
    return {
      title: browser.title,
      ended: running.ended,
      async close(patience = 5000) {
        await running.close(patience)
        await endProcessesOf(folders.profile)
        removeFolders(journal, folders)
      },
    }
  } catch (error) {
    await endProcessesOf(folders.profile)
    removeFolders(journal, folders)
    throw error
  }
}

/** Ends and removes what earlier Parleys left that were killed. Throws JournalError, or what the system says. */
export async function removeLeftBrowsers(journal: Journal): Promise<void> {
  for (const folders of leftFolders(journal)) {
    await endProcessesOf(folders.profile)
    removeFolders(journal, folders)
  }
}
