/** What is pushed, for one who reads with `for await`. */
export interface Pushed<T> extends AsyncIterableIterator<T> {
  push(value: T): void
  /** What was pushed is read still, then the reader is done. */
  end(): void
  /** The reader is thrown this once it has read what was pushed. */
  fail(error: unknown): void
}

/** `onLeft`: the reader left early (`break`), or came to the end. Called once. */
export function pushed<T>(onLeft: () => void): Pushed<T> {
  const values: T[] = []
  let waiting: PromiseWithResolvers<IteratorResult<T>>[] = []
  let ended = false
  let failure: { readonly error: unknown } | undefined
  let left = false
  const leave = (): void => {
    if (!left) onLeft()
    left = true
    ended = true
  }
  const done = { value: undefined, done: true } as const
  const finish = (): void => {
    ended = true
    for (const { resolve, reject } of waiting) failure ? reject(failure.error) : resolve(done)
    if (waiting.length > 0) failure = undefined
    waiting = []
    leave()
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    push(value) {
      if (ended) return
      const next = waiting.shift()
      if (next) next.resolve({ value, done: false })
      else values.push(value)
    },
    end: finish,
    fail(error) {
      failure = { error }
      finish()
    },
    async next() {
      if (values.length > 0) return { value: values.shift()!, done: false }
      if (failure) {
        const { error } = failure
        failure = undefined
        throw error
      }
      if (ended) return done
      const next = Promise.withResolvers<IteratorResult<T>>()
      waiting.push(next)
      return next.promise
    },
    async return() {
      values.length = 0
      finish()
      return done
    },
  }
}
