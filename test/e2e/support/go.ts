import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ended, type Owner, run, temporaryFolder } from './processes.ts'

/** Compiles a program of one file, which takes a while, and runs it. */
export function runGo(owner: Owner, source: string, ...args: string[]): Promise<Ended> {
  const folder = temporaryFolder(owner)
  const file = join(folder, 'main.go')
  writeFileSync(file, source)
  const env = { GOCACHE: join(folder, 'cache'), GOFLAGS: '-mod=mod', GO111MODULE: 'off' }
  return run('go', ['run', file, ...args], { env, timeout: 100_000 })
}
