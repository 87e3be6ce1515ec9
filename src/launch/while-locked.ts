import { rmSync, statSync, writeFileSync } from 'node:fs'

const pause = 5 // ms
const stale = 2000 // ms: whoever holds it needs a few; one that is older was left by a process that was killed

/**
 * Does what reads a file and writes it again, and lets no other process do that to the same file meanwhile. It must not
 * take long. Throws what the work or the system does.
 */
export function whileLocked<T>(path: string, work: () => T): T {
  const lock = `${path}.lock`
  while (!taken(lock)) {
    const { mtimeMs } = statSync(lock, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
    if (Date.now() - mtimeMs > stale) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause)
  }
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, '', { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
