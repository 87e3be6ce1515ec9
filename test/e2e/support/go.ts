import { writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ended, type Owner, run, temporaryFolder } from './processes.ts'

/** Compiles a program of one file, which takes a while, and runs it. */
export function runGo(owner: Owner, source: string, ...args: string[]): Promise<Ended> {
  const folder = temporaryFolder(owner)
  const file = join(folder, 'main.go')
  writeFileSync(file, source)
  const env = { GOCACHE: join(folder, 'cache'), GOFLAGS: '-mod=mod', GO111MODULE: 'off' }
  return run('go', ['run', file, ...args], { env, timeout: 100_000 })
}

/** Compiles a program beside this file against the libraries that Debian packages. Resolves to where it lies. */
export async function buildGo(owner: Owner, name: string): Promise<string> {
  const program = join(temporaryFolder(owner), 'program')
  const GOCACHE = process.env.GOCACHE ?? join(homedir(), '.cache', 'go-build') // a library is compiled once on a machine
  const env = { GOCACHE, GO111MODULE: 'off', GOPATH: '/usr/share/gocode' }
  const source = fileURLToPath(new URL(name, import.meta.url))
  const { code, stderr } = await run('go', ['build', '-o', program, source], { env, timeout: 100_000 })
  if (code !== 0) throw new Error(`go build ended with ${code}: ${stderr}`)
  return program
}
