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

/**
 * Makes a folder that is the person's alone (0700). The journal knows it first: what a process leaves that was killed goes
 * at the next call. Throws JournalError, or what the system says.
 */
export function openPrivateFolder(journal: Journal, parent: string = tmpdir()): PrivateFolder {
  for (const { key } of journal.orphans(kind)) remove(key)
  const path = join(parent, `parley-${crypto.randomUUID()}`)
  journal.note({ kind, key: path, before: '', owner: process.pid })
  mkdirSync(path, { mode: 0o700 })
  return { path, remove: () => remove(path) }

  function remove(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
    journal.forget({ kind, key: folder })
  }
}
