/** A Map that holds at most so many entries: one more pushes the oldest out. Setting a known key leaves it in its place. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number

  constructor(most: number) {
    super()
    this.#most = most
  }

  override set(key: Key, value: Value): this {
    super.set(key, value)
    if (this.size > this.#most) this.delete(this.keys().next().value as Key)
    return this
  }

  /** As `get`, and the entry becomes the newest: what is used stays. */
  use(key: Key): Value | undefined {
    const value = this.get(key)
    if (value !== undefined && this.delete(key)) super.set(key, value)
    return value
  }
}

/** A Set that holds at most so many values: one more pushes the oldest out. Adding a known value leaves it in its place. */
export class BoundedSet<Value> extends Set<Value> {
  readonly #most: number

  constructor(most: number) {
    super()
    this.#most = most
  }

  override add(value: Value): this {
    super.add(value)
    if (this.size > this.#most) this.delete(this.values().next().value as Value)
    return this
  }
}
