import { type SpawnOptions, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/** What another program is to open. The name is ours: nothing of it comes from the network. */
export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A program and its arguments, before the path. */
export type Program = readonly [command: string, ...args: string[]]

/** The person's editor: VISUAL, EDITOR, or the one that every system has. */
export const editorOf = (environment: Environment, platform: NodeJS.Platform = process.platform): Program =>
  split(environment.VISUAL) ?? split(environment.EDITOR) ?? [platform === 'win32' ? 'notepad' : 'vi']

/** The desktop's way to open a file; undefined where there is none, as over SSH. */
export function viewerOf(environment: Environment, platform: NodeJS.Platform = process.platform): Program | undefined {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['explorer']
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : undefined
}

export const pagerOf = (environment: Environment): Program => split(environment.PAGER) ?? ['less']

/** Shows the file in a program that takes the terminal, and resolves when that ends; the file is deleted then. */
export async function openHere([command, ...args]: Program, file: GivenFile): Promise<void> {
  const { folder, path } = write(file)
  try {
    await run(command, [...args, path], { stdio: 'inherit' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same, and answers with what is in the file then. */
export async function rewriteHere([command, ...args]: Program, file: GivenFile): Promise<Uint8Array> {
  const { folder, path } = write(file)
  try {
    await run(command, [...args, path], { stdio: 'inherit' })
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Hands the file to a program of the desktop; it is deleted when Parley ends. */
export async function openBeside([command, ...args]: Program, file: GivenFile): Promise<void> {
  const { folder, path } = write(file)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await run(command, [...args, path], { stdio: 'ignore', detached: true })
}

/** Keeps the file for the person, who is told its path. */
export const keepFile = (file: GivenFile): string => write(file).path

const split = (words: string | undefined): Program | undefined => {
  const [command, ...args] = (words ?? '').trim().split(/\s+/)
  return command ? [command, ...args] : undefined
}

/** A folder that is the person's alone. */
function write({ name, bytes }: GivenFile): { readonly folder: string; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'parley-'))
  const path = join(folder, name)
  writeFileSync(path, bytes, { mode: 0o600 })
  return { folder, path }
}

/** No shell stands between: nothing in a path or a name can become a command. */
function run(command: string, args: readonly string[], options: SpawnOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options)
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${command} cannot be started (${error.code ?? error.message})`)),
    )
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${signal ?? code}`)),
    )
  })
}
