import { readFileSync, writeFileSync } from 'node:fs'
import { type RuleSource, readRule } from '../rules/rule.ts'
import { hasComments } from '../rules/rule-file.ts'
import type { RuleNow } from '../tui/actions.ts'
import type { RuleWishes } from './rule-wishes.ts'
import { readRules } from './rules.ts'
import type { Run } from './run.ts'

type Ruled = Pick<Run, 'setRules' | 'ruleHits'>

/** The rules of a run as a screen changes them. A rule that stays keeps its count. */
export class RulesHere {
  readonly #run: Ruled
  readonly #wishes: RuleWishes | undefined
  /** Of what was counted before the rules were set last, by rule. */
  #before = new Map<string, number>()
  #seen: Ruled['ruleHits'] | undefined
  #all: readonly RuleNow[] = []

  constructor(run: Ruled, wishes: RuleWishes | undefined) {
    this.#run = run
    this.#wishes = wishes
  }

  get all(): readonly RuleNow[] {
    const now = this.#run.ruleHits
    if (now !== this.#seen) {
      this.#seen = now
      this.#all = now.rules.map((source, at) => ({
        source,
        hits: (now.hits[at] ?? 0) + (this.#before.get(keyOf(source)) ?? 0),
      }))
    }
    return this.#all
  }

  /** Throws what readRule throws; the rules then stay. */
  set(rules: readonly RuleSource[]): void {
    for (const rule of rules) readRule(rule)
    this.#before = new Map(this.all.map(({ source, hits }) => [keyOf(source), hits]))
    this.#run.setRules(rules)
  }

  /** Writes all but those of the command line into the file of --rules, and says so. Throws where that cannot be. */
  keep(): string {
    const { file, ...others } = this.#wishes ?? {}
    if (file === undefined) throw new Error('Start with --rules FILE to have a file in which they are kept.')
    if (hasComments(readFileSync(file, 'utf8')))
      throw new Error(`${file} has comments, which would be lost; edit it by hand.`)
    const typed = new Set(readRules({ first: [], texts: [], last: [], ...others }).map(writtenAs))
    const kept = this.#run.ruleHits.rules.filter(rule => !typed.has(writtenAs(rule)))
    writeFileSync(file, `${JSON.stringify(kept.map(inFile), undefined, 2)}\n`)
    return `${file} has the rules that hold now: ${kept.length}.`
  }
}

/** What a rule does and when, on or off. */
const keyOf = ({ when, do: todo }: RuleSource): string => JSON.stringify([when, todo])

const writtenAs = (rule: RuleSource): string => JSON.stringify(inFile(rule))

const inFile = ({ folder: _, ...rule }: RuleSource): Omit<RuleSource, 'folder'> => rule
