/** What may end the process while the screen is up. */
export type Ending = { readonly signal: NodeJS.Signals } | { readonly error: unknown }

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Calls `end` once, on the first signal or uncaught error; the answer stops the listening. */
export function onEnding(end: (ending: Ending) => void, process: NodeJS.EventEmitter = globalThis.process): () => void {
  const bySignal = (signal: NodeJS.Signals): void => finish({ signal })
  const byError = (error: unknown): void => finish({ error })
  const stop = (): void => {
    for (const signal of signals) process.off(signal, bySignal)
    process.off('uncaughtException', byError)
    process.off('unhandledRejection', byError)
  }
  const finish = (ending: Ending): void => {
    stop()
    end(ending)
  }
  for (const signal of signals) process.on(signal, bySignal)
  process.on('uncaughtException', byError)
  process.on('unhandledRejection', byError)
  return stop
}
