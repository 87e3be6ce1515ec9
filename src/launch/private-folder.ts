import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal } from './journal.ts'

const kind = 'folder'

/** A folder for what other programs read while this process runs. */
export interface PrivateFolder {
  readonly path: string
  /** To be called when this process ends. */
  remove(): void
}

/** Makes a folder that is the person's alone (0700). The journal knows it first. Throws JournalError, or what the system says. */
export function openPrivateFolder(journal: Journal, parent: string = tmpdir()): PrivateFolder {
  const path = join(parent, `parley-${crypto.randomUUID()}`)
  journal.note({ kind, key: path, before: '', owner: process.pid })
  mkdirSync(path, { mode: 0o700 })
  return { path, remove: () => remove(journal, path) }
}

/** Those of processes that were killed. Throws JournalError, or what the system says. */
export function removeLeftFolders(journal: Journal): void {
  for (const { key } of journal.orphans(kind)) remove(journal, key)
}

function remove(journal: Journal, folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) // a browser may still write
  journal.forget({ kind, key: folder })
}
