import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { type Transferable, Worker } from 'node:worker_threads'

/**
 * MB. Bytes that pass through TLS count as old space while they live: with V8's own first limit a download had the engine
 * look through its whole heap 80 times a GB, for half of what the download costs. give-back.ts gives it all back.
 */
const firstOldSpace = 64

/** Starts a thread of this folder. What it prints goes line by line to `log`, never to the screen. */
export function startThread(
  name: 'engine-thread' | 'recorder-thread' | 'import-thread',
  workerData: object,
  transferList: readonly Transferable[],
  log: (line: string) => void,
): Worker {
  setFlagsFromString(`--initial-old-space-size=${firstOldSpace}`)
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js' // from a checkout under tsx, or built
  const worker = new Worker(new URL(`./${name}.${extension}`, import.meta.url), {
    name, // what /proc/PID/task/TID/comm shows
    workerData,
    transferList: [...transferList],
    stdout: true,
    stderr: true,
  })
  createInterface({ input: worker.stdout }).on('line', log)
  createInterface({ input: worker.stderr }).on('line', log)
  return worker
}
