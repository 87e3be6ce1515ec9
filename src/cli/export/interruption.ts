import { CliError } from '../fail.ts'

const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const
const turn = 50 // ms between looks at what else is to be done

export interface Interruption {
  /** Lets signals come in now and then. Throws CliError, with the exit code that shells expect, after one that asks to end. */
  pause(): Promise<void>
  end(): void
}

/** Ends a long piece of work between two of its steps, so that it can clear up behind itself. */
export function openInterruption(what: string): Interruption {
  let asked: keyof typeof signals | undefined
  let last = performance.now()
  const listeners = Object.entries(signals).map(([name]) => {
    const listener = (): void => {
      asked ??= name as keyof typeof signals
    }
    process.on(name, listener)
    return [name, listener] as const
  })
  return {
    async pause() {
      if (performance.now() - last < turn) return
      await new Promise(resolve => setImmediate(resolve))
      last = performance.now()
      if (asked) throw new CliError(`${what} was ended before it was whole`, 128 + signals[asked])
    },
    end() {
      for (const [name, listener] of listeners) process.off(name, listener)
    },
  }
}
