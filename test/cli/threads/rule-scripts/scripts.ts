// Scripts in a folder of their own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** The path of a script with this text. */
export function scriptOf(t: Pick<TestContext, 'after'>, text: string, name = 'script.ts'): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-script-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
