import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Scripts } from '../../../rules/world.ts'
import { RunningScript, type ScriptLimits } from './running-script.ts'

interface Known {
  readonly running: RunningScript
  /** When its file was written, ms since the epoch. */
  readonly modifiedAt: number
}

export interface OpenScripts extends Scripts {
  /** Ends all threads. */
  close(): void
}

/** The scripts of rules, each in a thread of its own; one whose file was written meanwhile is read again. */
export function openRuleScripts(limits: ScriptLimits): OpenScripts {
  const known = new Map<string, Known>()
  return {
    async call(file, hook, message) {
      const path = resolve(file)
      const { mtimeMs: modifiedAt } = statSync(path)
      const before = known.get(path)
      if (before?.modifiedAt === modifiedAt) return before.running.call(hook, message)
      before?.running.end(`${path}: it was written anew`)
      const running = new RunningScript(path, limits)
      known.set(path, { running, modifiedAt })
      return running.call(hook, message)
    },
    close() {
      for (const { running } of known.values()) running.end('Parley ends')
      known.clear()
    },
  }
}
