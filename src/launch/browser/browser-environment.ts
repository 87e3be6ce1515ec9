import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../open-file.ts'

/** Where programs of a Linux desktop keep things of theirs, by default, and what of it a browser is to see. */
const homes: Readonly<Record<string, readonly [usual: string, seen: RegExp]>> = {
  XDG_CONFIG_HOME: ['.config', /^(?!mozilla|chromium|google-chrome|microsoft-edge|BraveSoftware|vivaldi)/],
  XDG_CACHE_HOME: ['.cache', /^fontconfig$/], // dear to make anew
  XDG_DATA_HOME: ['.local/share', /^/],
}
const longestTemporary = 60 // characters: what lies in it is a socket with a name of its own, and 108 are all

/**
 * What a browser is started with, so that it leaves nothing outside of `folder`: what it makes anew among the person's
 * settings, caches and data goes there. What the person has there is linked, so that fonts and themes are as always; but not what other browsers keep.
 */
export function browserEnvironment(environment: Environment, folder: string, home: string): Environment {
  const made: Record<string, string> = {}
  for (const [variable, [usual, seen]] of Object.entries(homes)) {
    const theirs = environment[variable] || join(home, usual)
    const ours = join(folder, variable.toLowerCase())
    mkdirSync(ours, { mode: 0o700 })
    for (const name of namesIn(theirs).filter(each => seen.test(each)))
      symlinkSync(join(theirs, name), join(ours, name))
    made[variable] = ours
  }
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary, { mode: 0o700 })
  return { ...environment, ...made, ...(temporary.length <= longestTemporary && { TMPDIR: temporary }) }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
