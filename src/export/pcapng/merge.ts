interface Timed {
  readonly at: number
}

/** Merges sequences, each in order of time, into one; of the same time those of the first sequence first. */
export function* inOrderOfTime<T extends Timed>(sequences: readonly Iterable<T>[]): Generator<T> {
  const heads = sequences.map(sequence => {
    const items = sequence[Symbol.iterator]()
    return { items, next: items.next() }
  })
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) if (!head.next.done && (!first || head.next.value.at < first.next.value.at)) first = head
    if (!first) return
    const { value } = first.next
    first.next = first.items.next()
    yield value as T
  }
}
