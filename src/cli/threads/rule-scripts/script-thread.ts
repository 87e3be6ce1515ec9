import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { placeIn, whatOf } from '../../../problem/from-script.ts'
import type { FromScript, ScriptStart, ToScript } from './script-messages.ts'

/** The thread of one script of a rule: calls its functions one after the other as they are asked for, and answers. */
const { file } = workerData as ScriptStart
const say = (message: FromScript): void => parentPort!.postMessage(message)
const why = (thrown: unknown): string => `${placeIn(file, thrown)}: ${whatOf(thrown)}`

try {
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>
  parentPort!.on('message', async ({ id, hook, message }: ToScript) => {
    say({ type: 'started', id })
    try {
      const call = module[hook]
      const result: unknown = typeof call === 'function' ? await call(message) : undefined
      say({ type: 'done', id, result })
    } catch (thrown) {
      say({ type: 'threw', id, why: `${why(thrown)} (${hook})` }) // what cannot be posted comes here too
    }
  })
  say({ type: 'loaded' })
} catch (thrown) {
  say({ type: 'unloadable', why: why(thrown) })
}
