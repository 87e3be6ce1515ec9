import type { Changes } from '../../model/changes.ts'
import { CliError, note } from '../fail.ts'
import type { ImportSays, ImportStart } from '../threads/import-messages.ts'
import { startThread } from '../threads/start-thread.ts'

/** A capture that is being made of other files. */
export interface Importing {
  /** Resolves when it is there and can be opened. Rejects with CliError. */
  readonly opened: Promise<void>
  /** Resolves when all is in it. Rejects with CliError. */
  readonly done: Promise<void>
  onChange(changed: (changes: Changes) => void): () => void
  /** `read` of so many bytes. */
  onProgress(progress: (read: number, of: number) => void): () => void
  /** Sentences on what of the files is not shown. */
  onSaid(said: (sentence: string) => void): () => void
  /** Gives up what is not done. */
  stop(): Promise<void>
}

export function startImport(wanted: ImportStart): Importing {
  const worker = startThread('import-thread', wanted, [], note)
  const [changed, progress, said] = [
    new Listeners<[Changes]>(),
    new Listeners<[number, number]>(),
    new Listeners<[string]>(),
  ]
  const [opened, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  for (const { promise } of [opened, done]) promise.catch(() => {}) // whoever waits for it hears it
  const fail = (error: CliError): void => {
    opened.reject(error)
    done.reject(error)
  }
  worker.on('message', (message: ImportSays) => {
    if (message.type === 'open') opened.resolve()
    else if (message.type === 'changed') changed.tell(message.changes)
    else if (message.type === 'progress') progress.tell(message.read, message.of)
    else if (message.type === 'said') said.tell(message.sentence)
    else if (message.type === 'done') done.resolve()
    else fail(new CliError(message.message, 1, message.remedy))
  })
  worker.on('error', error => fail(new CliError((error as Error).message)))
  worker.on('exit', () => fail(new CliError('the import was given up')))
  return {
    ...{ opened: opened.promise, done: done.promise },
    onChange: listener => changed.add(listener),
    onProgress: listener => progress.add(listener),
    onSaid: listener => said.add(listener),
    stop: async () => {
      await worker.terminate()
    },
  }
}

class Listeners<Words extends readonly unknown[]> {
  readonly #listeners = new Set<(...words: Words) => void>()

  add(listener: (...words: Words) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(...words: Words): void {
    for (const listener of this.#listeners) listener(...words)
  }
}
