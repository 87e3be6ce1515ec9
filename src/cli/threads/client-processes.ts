import { isLoopback } from '../../launch/processes/socket-table.ts'
import type { ClientProcess, ConnectionId } from '../../model/connection.ts'
import type { AwaitedProcess, ConnectionFacts, Rulings } from '../../rules/rulings.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'

const defaultPatience = 300 // ms that a message waits for it
const mostKnown = 10_000 // connections

/** Which programs opened the connections, of which the recorder is asked where a rule or a breakpoint wants to know. */
export class ClientProcesses {
  readonly #ask: (id: ConnectionId) => void
  readonly #patience: number
  readonly #known = new BoundedMap<ConnectionId, Asked>(mostKnown)

  /** `ask`: its answer comes by `answer`. `patience`: ms. */
  constructor(ask: (id: ConnectionId) => void, patience = defaultPatience) {
    this.#ask = ask
    this.#patience = patience
  }

  /** The same rulings, which can be asked about programs. */
  under = (rulings: Rulings): Rulings => ({
    connection: facts => rulings.connection(facts),
    claims: facts => rulings.claims(this.#with(facts)),
  })

  /** What the recorder found; undefined where it looked and found nothing. */
  answer(id: ConnectionId, process: ClientProcess | undefined): void {
    this.#known.get(id)?.answer(process)
  }

  /** Programs of other machines are not known. */
  #with(facts: ConnectionFacts): ConnectionFacts {
    if (!facts.client || !isLoopback(facts.client.address)) return facts
    const process = this.#known.get(facts.id) ?? new Asked(() => this.#ask(facts.id), this.#patience)
    this.#known.set(facts.id, process)
    return { ...facts, process }
  }
}

/** Asked for when somebody first wants to know it. */
class Asked implements AwaitedProcess {
  readonly #ask: () => void
  readonly #patience: number
  #process: ClientProcess | undefined
  #waiting: PromiseWithResolvers<void> | undefined
  #over = false
  #timer: NodeJS.Timeout | undefined

  constructor(ask: () => void, patience: number) {
    this.#ask = ask
    this.#patience = patience
  }

  get now(): ClientProcess | undefined {
    this.#begin()
    return this.#process
  }

  known(): Promise<void> | undefined {
    this.#begin()
    return this.#over ? undefined : this.#waiting!.promise
  }

  answer(process: ClientProcess | undefined): void {
    this.#process ??= process
    this.#end()
  }

  #begin(): void {
    if (this.#waiting || this.#over) return
    this.#waiting = Promise.withResolvers()
    this.#timer = setTimeout(() => this.#end(), this.#patience)
    this.#ask()
  }

  #end(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#waiting?.resolve()
  }
}
