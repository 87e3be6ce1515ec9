/** What the screens keep from one drawing to the next, because making it is expensive. This is the only cache of the screens. */
export type Kept =
  | 'rows of a body'
  | 'part of a body'
  | 'inflater of stream messages'
  | 'lines of a diff'
  | 'fields of a message'
  | 'fields of a frame'
  | 'the other side'
  | 'body of a held message'
  | 'text of a held body'
  | 'rows of a held message'

const kept = new WeakMap<object, Map<Kept, unknown>>()

/** The last answer for its owner where it still holds, or else a new one. It goes when its owner goes. */
export function keepLast<T>(owner: object, what: Kept, holds: (last: T) => boolean, make: () => T): T {
  const own = kept.get(owner) ?? new Map<Kept, unknown>()
  kept.set(owner, own)
  const last = own.get(what) as T | undefined
  if (last !== undefined && holds(last)) return last
  const made = make()
  own.set(what, made)
  return made
}
