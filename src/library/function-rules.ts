import { functionName, functionNumber } from '../cli/threads/called-functions.ts'
import { type RuleSource, readRule } from '../rules/rule.ts'
import { readRuleText } from '../rules/rule-text.ts'
import type { RuleScript } from '../rules/script/script-types.ts'

/**
 * A rule made of functions. `request` may give back a change or an answer (then the server is not asked), `response` and
 * `webSocketMessage` a change; nothing: the message goes on as it came. Each may be async; the message waits meanwhile, ten
 * seconds at most. A function that throws leaves the message as it was, and the flow says why.
 */
export interface FunctionRule extends RuleScript {
  /** A filter of Parley's language, such as `~d api.example.com & ~m POST`; absent: every message. */
  readonly when?: string
  /** How flows name it. */
  readonly name?: string
  /** True: it sees no bodies, which stream past it. */
  readonly heads?: boolean
  /** No rule after it is asked about a message that it matched. */
  readonly stop?: boolean
}

/** A rule as the command line has it (`~d example.com => block 403`), as a rule file has it, or made of functions. */
export type RuleOption = string | RuleSource | FunctionRule

/** The functions of one run by their names, which rules call while they are in force. */
export class FunctionRules {
  /** What the engine may call. */
  readonly functions = new Map<string, RuleScript>()
  #last = 0
  #latest = 0

  /**
   * The rules as the engine takes them. Throws RuleError or RulePartError for a mistake; those before it are in force then.
   * Functions of the rules before stay, for messages that are with them; those of earlier ones go.
   */
  sources(rules: readonly RuleOption[]): readonly RuleSource[] {
    const first = this.#last
    const sources = rules.map(rule => {
      if (typeof rule === 'string') return readRuleText(rule)
      const source = 'do' in rule ? rule : this.#sourceOf(rule)
      readRule(source)
      return source
    })
    for (const name of [...this.functions.keys()]) if (functionNumber(name) <= this.#latest) this.functions.delete(name)
    this.#latest = first
    return sources
  }

  #sourceOf(rule: FunctionRule): RuleSource {
    const { when = '', name, heads, stop } = rule
    const own = functionName(++this.#last)
    this.functions.set(own, rule)
    return {
      when,
      do: [`script ${heads ? '--heads ' : ''}${own}`],
      name: name ?? (when === '' ? own : `${when} => ${own}`),
      ...(stop && { stop }),
    }
  }
}
