import type { Told, ToldMessage, ToldRecord } from './facts.ts'

/** Why a difference is no disagreement: where tshark is known to tell less. Undefined for every other. */
export type Tolerance = (what: string, ours: string | undefined, theirs: string | undefined) => string | undefined

/** How far two dissections of the same bytes agree. */
export class Agreement {
  #legs = 0
  #messages = 0
  #agreedMessages = 0
  #records = 0
  #agreedRecords = 0
  #facts = 0
  #agreedFacts = 0
  #tolerated = new Map<string, number>()
  readonly disagreements: string[] = []

  compare(title: string, ours: Told, theirs: Told | undefined, tolerate: Tolerance = () => undefined): void {
    this.#legs++
    if (!theirs) {
      this.#differ(title, 'TLS', 'none', tolerate)
      return
    }
    for (const direction of ['to-server', 'to-client'] as const) {
      const here = <Item extends { readonly direction: string }>(items: readonly Item[]): Item[] =>
        items.filter(item => item.direction === direction)
      this.#compareRecords(`${title} ${direction}`, here(ours.records), here(theirs.records), tolerate)
      this.#compareMessages(`${title} ${direction}`, here(ours.messages), here(theirs.messages), tolerate)
    }
    const [a, b] = [orderOf(ours), orderOf(theirs)]
    if (a !== b) this.#differ(`${title} order`, a, b, tolerate)
  }

  get summary(): string {
    return [
      `agreement: ${this.#agreedMessages} of ${this.#messages} messages`,
      `${this.#agreedFacts} of ${this.#facts} facts in them`,
      `${this.#agreedRecords} of ${this.#records} records, over ${this.#legs} legs`,
      ...[...this.#tolerated].map(([reason, count]) => `${count} tolerated (${reason})`),
    ].join(', ')
  }

  #differ(title: string, ours: string | undefined, theirs: string | undefined, tolerate: Tolerance): void {
    const reason = tolerate(title, ours, theirs)
    if (reason === undefined) this.disagreements.push(`${title}: Parley ${short(ours)}, tshark ${short(theirs)}`)
    else this.#tolerated.set(reason, (this.#tolerated.get(reason) ?? 0) + 1)
  }

  #compareRecords(
    title: string,
    ours: readonly ToldRecord[],
    theirs: readonly ToldRecord[],
    tolerate: Tolerance,
  ): void {
    for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
      const [a, b] = [ours[i], theirs[i]].map(record => record && `${record.type} ${record.version} ${record.length}`)
      this.#records++
      if (a === b) this.#agreedRecords++
      else this.#differ(`${title} record ${i}`, a, b, tolerate)
    }
  }

  #compareMessages(
    title: string,
    ours: readonly ToldMessage[],
    theirs: readonly ToldMessage[],
    tolerate: Tolerance,
  ): void {
    for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
      const [a, b] = [ours[i], theirs[i]]
      this.#messages++
      if (!a || !b || a.title !== b.title || a.length !== b.length) {
        this.#differ(`${title} message ${i}`, headline(a), headline(b), tolerate)
        continue
      }
      this.#agreedMessages++
      for (const name of new Set([...Object.keys(a.facts), ...Object.keys(b.facts)])) {
        this.#facts++
        if (a.facts[name] === b.facts[name]) this.#agreedFacts++
        else this.#differ(`${title} message ${i} (${a.title}) ${name}`, a.facts[name], b.facts[name], tolerate)
      }
    }
  }
}

const short = (text = 'nothing'): string => (text.length > 150 ? `${text.slice(0, 150)}…` : text)

const headline = (message: ToldMessage | undefined): string | undefined =>
  message ? `${message.title} of ${message.length} B` : undefined

const orderOf = ({ messages }: Told): string =>
  messages
    .map(({ direction, title }) => `${direction === 'to-server' ? '>' : '<'}${title.replace('handshake ', '')}`)
    .join(' ')
