import { parentPort, workerData } from 'node:worker_threads'
import { importCapture } from '../../import/import-capture.ts'
import type { ImportSays, ImportStart } from './import-messages.ts'

/** Makes a capture of files that others recorded, while somebody looks at what is there of it. */
const say = (message: ImportSays): void => parentPort!.postMessage(message)

try {
  await importCapture(workerData as ImportStart, {
    opened: () => say({ type: 'open' }),
    changed: changes => say({ type: 'changed', changes }),
    progress: (read, of) => say({ type: 'progress', read, of }),
    said: sentence => say({ type: 'said', sentence }),
  })
  say({ type: 'done' })
} catch (error) {
  const { message, remedy } = error as Error & { readonly remedy?: string }
  say({ type: 'failed', message, ...(remedy !== undefined && { remedy }) })
}
