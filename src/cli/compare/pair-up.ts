/** What two lists have in common, in the order of the left one, and what only one of them has. */
export interface PairedUp<Item> {
  readonly pairs: readonly (readonly [left: Item, right: Item])[]
  readonly onlyLeft: readonly Item[]
  readonly onlyRight: readonly Item[]
}

/** Pairs by the first key; what is left over by the next. */
export function pairBy<Item>(
  left: readonly Item[],
  right: readonly Item[],
  keys: readonly ((item: Item) => string)[],
): PairedUp<Item> {
  return keys.reduce<PairedUp<Item>>(
    (before, keyOf) => {
      const more = pairUp(before.onlyLeft, before.onlyRight, keyOf)
      return { ...more, pairs: [...before.pairs, ...more.pairs] }
    },
    { pairs: [], onlyLeft: left, onlyRight: right },
  )
}

/** Pairs the items of one key in their order: the first with the first. */
function pairUp<Item>(left: Iterable<Item>, right: Iterable<Item>, keyOf: (item: Item) => string): PairedUp<Item> {
  const waiting = new Map<string, { readonly items: Item[]; next: number }>()
  for (const item of right) {
    const key = keyOf(item)
    const same = waiting.get(key)
    if (same) same.items.push(item)
    else waiting.set(key, { items: [item], next: 0 })
  }
  const pairs: [Item, Item][] = []
  const onlyLeft: Item[] = []
  for (const item of left) {
    const same = waiting.get(keyOf(item))
    if (same && same.next < same.items.length) pairs.push([item, same.items[same.next++]!])
    else onlyLeft.push(item)
  }
  return { pairs, onlyLeft, onlyRight: [...waiting.values()].flatMap(({ items, next }) => items.slice(next)) }
}
