import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const quiet = 3000 // ms
const worthwhile = 100 // pieces of work: what less leaves behind is soon used again

/**
 * Gives memory back to the system when a busy time is over: V8 keeps a heap that nobody allocates in as large as it was.
 * Takes some 30 ms, so only after as much work as a hundred connections make.
 */
export class GiveBack {
  readonly #also: () => void
  readonly #collect: () => void
  #done = 0
  #timer: NodeJS.Timeout | undefined

  /** `also` frees what the thread itself keeps for the next time. */
  constructor(also: () => void, collect: () => void = collectGarbage) {
    this.#also = also
    this.#collect = collect
  }

  /** A piece of work is done. */
  worked(): void {
    if (++this.#done < worthwhile) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#give(), quiet).unref()
  }

  #give(): void {
    this.#done = 0
    this.#also()
    this.#collect()
  }
}

/** Of this thread, as where memory has run out: only then V8 lets go of pages. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc') // of the process, so never taken back: another thread may be about to use it
  const collect = runInNewContext('gc') as (options: object) => void
  collect({ type: 'major', flavor: 'last-resort' })
}
