import { type LiveRulings, liveRulings } from '../../rules/live-rulings.ts'
import type { RuleSource } from '../../rules/rule.ts'
import type { Scripts } from '../../rules/world.ts'
import { isFunctionName } from './called-functions.ts'

const tellEvery = 250 // ms
export const defaultScriptPatience = 10_000 // ms

/** The rules of the engine, which may be replaced while it runs. What reads them and acts is loaded for the first. */
export class EngineRules {
  readonly rulings: LiveRulings = liveRulings()
  readonly #isOurs: (address: string, port: number) => boolean
  readonly #tell: (hits: readonly number[]) => void
  #hits: number[] = []
  #timer: NodeJS.Timeout | undefined
  #last = 0
  #scripts: Promise<Scripts> | undefined
  readonly #scriptPatience: number
  readonly #functions: Scripts | undefined

  /**
   * `tell`: how often each rule matched since it was set, some times a second while that changes. `scriptPatience`: ms
   * for a call of a script. `functions`: those of the program that started the engine.
   */
  constructor(
    isOurs: (address: string, port: number) => boolean,
    tell: (hits: readonly number[]) => void,
    scriptPatience = defaultScriptPatience,
    functions?: Scripts,
  ) {
    this.#functions = functions
    this.#scriptPatience = scriptPatience
    this.#isOurs = isOurs
    this.#tell = tell
  }

  /** Throws what readRule throws; the rules before then stay. Of two calls the later counts, whatever loads first. */
  async set(sources: readonly RuleSource[]): Promise<void> {
    const turn = ++this.#last
    const [{ readRule }, { rulingsOf }, { worldOf }] = await Promise.all([
      import('../../rules/rule.ts'),
      import('../../rules/rulings-of.ts'),
      import('../../proxy/relay/acting/world.ts'),
    ])
    const rules = sources.map(readRule)
    if (turn !== this.#last) return
    const hits = rules.map(() => 0)
    const onHit = (rule: number): void => {
      hits[rule]!++
      if (hits === this.#hits) this.#timer ??= setTimeout(() => this.#say(), tellEvery).unref()
    }
    this.#hits = hits
    const scripts: Scripts = { call: async (...asked) => (await this.#scriptsFor(asked[0])).call(...asked) }
    const world = { ...worldOf(this.#isOurs), scripts }
    this.rulings.replace(rules.length === 0 ? undefined : rulingsOf(rules, { world, onHit }))
  }

  #scriptsFor(file: string): Scripts | Promise<Scripts> {
    return (isFunctionName(file) && this.#functions) || this.#openScripts()
  }

  #openScripts(): Promise<Scripts> {
    this.#scripts ??= import('./rule-scripts/open-rule-scripts.ts').then(({ openRuleScripts }) =>
      openRuleScripts({ patience: this.#scriptPatience, log: line => console.log(line) }),
    )
    return this.#scripts
  }

  #say(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#tell([...this.#hits])
  }
}
