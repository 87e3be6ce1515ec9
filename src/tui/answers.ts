const mostAnswers = 100

/** A value that is asked for anew after `ms`. */
export function holding<T>(ms: number, now: () => number): { value(ask: () => T): T } {
  let held: { readonly value: T; readonly at: number } | undefined
  return {
    value(ask) {
      if (!held || now() - held.at > ms) held = { value: ask(), at: now() }
      return held.value
    },
  }
}

/** The answer to the question that was asked last. */
export function lastAnswer<T>(): { value(question: string, ask: () => T): T; forget(): void } {
  let held: { readonly question: string; readonly value: T } | undefined
  return {
    value(question, ask) {
      if (held?.question !== question) held = { question, value: ask() }
      return held.value
    },
    forget() {
      held = undefined
    },
  }
}

/** Answers that are asked for anew after ten times as long as they took; `now` in ms. */
export function answerHolder(now: () => number): { value<T>(question: readonly unknown[], ask: () => T): T } {
  const held = new Map<string, { readonly value: unknown; readonly until: number }>()
  return {
    value<T>(question: readonly unknown[], ask: () => T): T {
      const key = JSON.stringify(question)
      const known = held.get(key)
      const started = now()
      if (known && started <= known.until) return known.value as T
      const value = ask()
      if (held.size >= mostAnswers) held.clear()
      held.set(key, { value, until: now() + (now() - started) * 10 })
      return value
    },
  }
}
