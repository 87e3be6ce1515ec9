/**
 * A map by number for what comes and goes, some hundred at a time. A Map makes table after table as its entries change;
 * one of them that got old keeps those after it, and all that they hold, for the collector until it looks at everything.
 */
export class TransientMap<Value> {
  readonly #keys: number[] = []
  readonly #values: Value[] = []

  get size(): number {
    return this.#keys.length
  }

  get(key: number): Value | undefined {
    const at = this.#keys.indexOf(key)
    return at < 0 ? undefined : this.#values[at]
  }

  set(key: number, value: Value): void {
    const at = this.#keys.indexOf(key)
    if (at >= 0) this.#values[at] = value
    else {
      this.#keys.push(key)
      this.#values.push(value)
    }
  }

  delete(key: number): void {
    const at = this.#keys.indexOf(key)
    if (at < 0) return
    const [lastKey, lastValue] = [this.#keys.pop()!, this.#values.pop()!]
    if (at === this.#keys.length) return
    this.#keys[at] = lastKey
    this.#values[at] = lastValue
  }

  clear(): void {
    this.#keys.length = 0
    this.#values.length = 0
  }

  /** Those that there are now, in no order. */
  values(): Value[] {
    return [...this.#values]
  }
}
