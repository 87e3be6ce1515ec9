import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const quiet = 3000 // ms
const worthwhile = 100 // pieces of work: what less leaves behind is soon used again

/**
 * Gives memory back to the system when a busy time is over: V8 keeps a heap that nobody allocates in as large as it was,
 * and the C library what OpenSSL has freed.
 * Takes some 30 ms, so only after as much work as a hundred connections make.
 */
export class GiveBack {
  readonly #also: () => void
  readonly #collect: () => void
  readonly #trim: () => void
  #done = 0
  #timer: NodeJS.Timeout | undefined

  /** `also` frees what the thread itself keeps for the next time. */
  constructor(also: () => void, collect = collectGarbage, trim = trimAllocator) {
    this.#also = also
    this.#collect = collect
    this.#trim = trim
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
    this.#trim()
  }
}

/** Of this thread, as where memory has run out: only then V8 lets go of pages. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc') // of the process, so never taken back: another thread may be about to use it
  const collect = runInNewContext('gc') as (options: object) => void
  collect({ type: 'major', flavor: 'last-resort' })
}

/**
 * What lies free between pieces in use, of the whole process: after two thousand connections half of its memory. Only glibc
 * keeps it so, and only a Node with FFI (from 26 on) can ask it; elsewhere it stays.
 */
function trimAllocator(): void {
  const { emitWarning } = process
  process.emitWarning = () => {} // of FFI, that it is experimental
  try {
    const libc = process.getBuiltinModule('node:ffi')?.dlopen(null, {
      malloc_trim: { arguments: ['uint64'], return: 'int32' },
    })
    libc?.functions.malloc_trim(0n)
    libc?.lib.close()
  } catch {
  } finally {
    process.emitWarning = emitWarning
  }
}
