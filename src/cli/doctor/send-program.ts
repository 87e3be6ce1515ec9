import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Errand, KnownProgram } from '../../doctor/programs.ts'
import type { Visit } from '../../doctor/visit.ts'
import { tryProgram } from '../../launch/try-program.ts'

/** A program that is here. */
export interface FoundProgram extends KnownProgram {
  readonly path: string
}

export interface Sending extends Pick<Errand, 'url'> {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Resolves to HTTP's version when its request has come. */
  readonly heard: Promise<string>
  readonly stop: AbortSignal
}

interface ProgramSending extends Sending {
  /** A folder of its own is made below this one. */
  readonly parent: string
  /** ms */
  readonly limit?: number
}

const usualLimit = 30_000 // ms

/** Sends one program to the URL. It is ended as soon as its request has come. Never rejects. */
export async function sendProgram(
  program: FoundProgram,
  { url, parent, environment, heard: coming, stop, limit = usualLimit }: ProgramSending,
): Promise<Visit> {
  const { name, path, remedy, input } = program
  const errand: Errand = { url, folder: join(parent, name) }
  const enough = new AbortController()
  const startedAt = performance.now()
  let heard: Visit['heard']
  void coming.then(version => {
    heard = { version, after: performance.now() - startedAt }
    enough.abort()
  })
  try {
    mkdirSync(errand.folder, { mode: 0o700 })
    const tried = await tryProgram({
      command: path,
      args: program.args(errand),
      environment: { ...environment, ...temporary(parent), ...program.environment?.(errand) },
      folder: errand.folder,
      input,
      limit,
      enough: AbortSignal.any([enough.signal, stop]),
    })
    return { name, path, remedy, ...tried, ...(heard && { heard }) }
  } catch (error) {
    return { name, path, remedy, timedOut: false, said: (error as Error).message }
  }
}

/** What a program that is ended leaves behind goes with the folder of all: a socket's path has to be short. */
const temporary = (folder: string) => ({ TMPDIR: folder, TMP: folder, TEMP: folder })
