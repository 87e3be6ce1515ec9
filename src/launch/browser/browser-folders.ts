import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { Journal, Touched } from '../journal.ts'
import type { Start } from './family.ts'
import type { FoundBrowser } from './find-browser.ts'

/** What the journal calls a folder of a browser. `before` is the profile, which may lie elsewhere and last. */
const kind = 'browser'

export type BrowserFolders = Pick<Start, 'folder' | 'profile'>

/**
 * Makes what a browser needs for one start: a folder that is the person's alone (0700), which the journal knows first, and
 * in it a profile; or, where it is to be kept, the profile of that name below `kept`. Throws JournalError, what the
 * system says, or that the kept one is in use.
 */
export function makeFolders(journal: Journal, browser: FoundBrowser, kept?: KeptProfiles): BrowserFolders {
  const parent = browser.home ?? tmpdir()
  const folder = join(parent, `parley-browser-${process.pid}-${Math.random().toString(36).slice(2, 12)}`)
  const profile = kept ? profileOf(browser, kept) : join(folder, 'profile')
  const other = kept && journal.touched(kind).find(({ before }) => before === profile)
  if (other) throw new Error(`the profile ${kept.name} is in use by Parley ${other.owner}; give another name`)
  journal.note({ kind, key: folder, before: profile, owner: process.pid })
  mkdirSync(parent, { recursive: true })
  mkdirSync(folder, { mode: 0o700 })
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  return { folder, profile }
}

export interface KeptProfiles {
  readonly name: string
  /** Where they are, but for builds in a sandbox. */
  readonly folder: string
}

const profileOf = ({ name: browser, home }: FoundBrowser, { name, folder }: KeptProfiles): string =>
  resolve(home ? join(home, 'parley-profiles') : folder, name, browser)

/** Removes what belonged to one start, after its last process has gone. */
export function removeFolders(journal: Journal, { folder }: Pick<BrowserFolders, 'folder'>): void {
  // the journal is a file: nothing else is removed, whatever it says
  if (/^parley-browser-\d+-[a-z0-9]+$/.test(basename(folder)))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  journal.forget({ kind, key: folder })
}

/** What is left of starts whose Parley was killed. */
export const leftFolders = (journal: Journal): readonly BrowserFolders[] =>
  journal.orphans(kind).map(({ key, before }: Touched) => ({ folder: key, profile: before }))
