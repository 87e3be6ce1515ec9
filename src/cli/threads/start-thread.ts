import { createInterface } from 'node:readline'
import { type Transferable, Worker } from 'node:worker_threads'

/** Starts a thread of this folder. What it prints goes line by line to `log`, never to the screen. */
export function startThread(
  name: 'engine-thread' | 'recorder-thread',
  workerData: object,
  transferList: readonly Transferable[],
  log: (line: string) => void,
): Worker {
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
