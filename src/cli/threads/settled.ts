import type { Worker } from 'node:worker_threads'
import type { EngineSays, ToEngine } from './messages.ts'

/** The engine's end: what was asked of it takes a while until it is in force. */
export class Settling {
  readonly #say: (message: EngineSays) => void
  #underWay: Promise<unknown> = Promise.resolve()

  constructor(say: (message: EngineSays) => void) {
    this.#say = say
  }

  /** Gives back what it is given. */
  add<T>(change: Promise<T>): Promise<T> {
    this.#underWay = Promise.allSettled([this.#underWay, change])
    return change
  }

  /** Says the number once all that was added before has settled. */
  async tell(number: number): Promise<void> {
    await this.#underWay
    this.#say({ type: 'settled', number })
  }
}

/** The other end: resolves when what was asked of the engine up to then is in force, or the engine has ended. */
export function settledThrough(engine: Pick<Worker, 'on' | 'postMessage'>): () => Promise<void> {
  const waiting = new Map<number, () => void>()
  let last = 0
  let ended = false
  engine.on('message', (said: EngineSays) => {
    if (said.type !== 'settled') return
    waiting.get(said.number)?.()
    waiting.delete(said.number)
  })
  engine.on('exit', () => {
    ended = true
    for (const resolve of waiting.values()) resolve()
    waiting.clear()
  })
  return () =>
    new Promise(resolve => {
      if (ended) return resolve()
      waiting.set(++last, resolve)
      engine.postMessage({ type: 'settle', number: last } satisfies ToEngine)
    })
}
