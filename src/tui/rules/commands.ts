import type { RuleSource } from '../../rules/rule.ts'
import { showRule } from '../../rules/rule.ts'
import { readRuleFile } from '../../rules/rule-file.ts'
import { readRuleText } from '../../rules/rule-text.ts'
import type { Effect, Outcome, Outlets, OwnCommands } from '../command.ts'
import { errorText } from '../effects.ts'
import { bodyRows } from '../shell/chrome.ts'
import { askingFor } from '../state/prompt.ts'
import { cursorAt } from '../state/scrolled.ts'
import { type State, type Step, say, screenOf, stepsOn, type World, withScreen } from '../state/state.ts'
import { cursorOf, isOn, nothingRuns, type RulesScreen, ruleAt, rulesOf } from './state.ts'

const onRules = stepsOn<RulesScreen>('rules')

/** The rules after a change to the one at the cursor; undefined where there is none to change. */
type Change = (rules: readonly RuleSource[], at: number, argument: string) => readonly RuleSource[] | undefined

/** Sets the rules anew; what cannot be read is told, and the rules stay. */
const changing =
  (change: Change): Effect =>
  (state, world, { actions }, argument) => {
    if (!actions.setRules) return { text: nothingRuns, tone: 'bad' }
    const rules = rulesOf(world).map(({ source }) => source)
    try {
      const changed = change(rules, cursorOf(screenOf(state) as RulesScreen, world), argument)
      if (!changed) return { text: 'There is no rule here.', tone: 'bad' }
      actions.setRules(changed)
      return undefined
    } catch (error) {
      return { text: errorText(error), tone: 'bad' }
    }
  }

/** On a rule that is there. */
const onOne =
  (
    change: (rules: readonly RuleSource[], at: number, rule: RuleSource, argument: string) => readonly RuleSource[],
  ): Change =>
  (rules, at, argument) => {
    const rule = rules[at]
    return rule && change(rules, at, rule, argument)
  }

const turned = (rule: RuleSource): RuleSource => {
  const { enabled: _, ...rest } = rule
  return isOn(rule) ? { ...rest, enabled: false } : rest
}

const swapped = (by: 1 | -1) =>
  changing(
    onOne((rules, at, rule) => {
      const other = rules[at + by]
      return other ? rules.with(at, other).with(at + by, rule) : rules
    }),
  )

/** The text says when and what; the rest of the rule stays. */
export const rewritten = (rule: RuleSource, text: string): RuleSource => {
  const { when, do: todo } = readRuleText(text, rule.folder)
  return { ...rule, when, do: todo }
}

const moved = (by: number): Step =>
  onRules((screen, world) =>
    cursorAt(
      screen,
      Math.max(0, Math.min(rulesOf(world).length - 1, cursorOf(screen, world) + by)),
      rulesOf(world).length,
      bodyRows(world),
    ),
  )

const askRule: Step = (state, world) => {
  const rule = ruleAt(screenOf(state) as RulesScreen, world)?.source
  if (!rule) return askNewRule(state, world, '')
  if (rule.do.length !== 1) return say(state, 'A rule of several actions is edited with e, in your $EDITOR.')
  return { ...state, prompt: askingFor('rule', showRule(rule), 'rule-is') }
}

/** For the flow that the list has selected, where there is one. */
const askNewRule: Step = state => ({ ...state, prompt: askingFor('rule', '', 'add-rule') })

const turnTest: Step = (state, world) => {
  const screen = screenOf(state) as RulesScreen
  const { tested, ...rest } = screen
  if (tested !== undefined) return withScreen(state, rest)
  const { selected } = state.screens[0]
  if (selected === undefined || !world.source.exchange(selected))
    return say(state, 'Select a request in the list first; then t says what each rule would do to it.')
  return withScreen(state, { ...screen, tested: selected })
}

/** The rules as a file, of which the person's editor makes others. */
const editing =
  (which: (rules: readonly RuleSource[], at: number) => { readonly from: number; readonly count: number }): Effect =>
  async (state, world, outlets) => {
    const rules = rulesOf(world).map(({ source }) => source)
    const { from, count } = which(rules, cursorOf(screenOf(state) as RulesScreen, world))
    const edited = await inEditor(rules.slice(from, from + count), outlets)
    if ('text' in edited) return edited
    const apply = changing(now => now.toSpliced(from, count, ...edited.rules))
    return apply(state, world, outlets, '') ?? { text: 'The rules are in force.', tone: 'good' }
  }

async function inEditor(
  rules: readonly RuleSource[],
  { actions: { rewrite }, suspend }: Outlets,
): Promise<Outcome | { readonly rules: readonly RuleSource[] }> {
  if (!rewrite || !suspend) return { text: 'There is no editor here.', tone: 'bad' }
  const text = `${JSON.stringify(rules.map(shownInFile), undefined, 2)}\n`
  let written = text
  try {
    await suspend(async () => {
      written = Buffer.from(await rewrite({ name: 'rules.json', bytes: Buffer.from(text) })).toString('utf8')
    })
    return written === text ? { text: 'Nothing was changed.' } : { rules: readRuleFile(written, rules[0]?.folder) }
  } catch (error) {
    return { text: `Not taken: ${errorText(error)}`, tone: 'bad' }
  }
}

/** As a rule file has it. */
const shownInFile = ({ folder: _, do: todo, ...rest }: RuleSource): object => ({
  ...rest,
  do: todo.length === 1 ? todo[0] : todo,
})

const keep: Effect = (_state: State, _world: World, { actions }) => {
  if (!actions.keepRules) return { text: nothingRuns, tone: 'bad' }
  try {
    return { text: actions.keepRules(), tone: 'good' }
  } catch (error) {
    return { text: errorText(error), tone: 'bad' }
  }
}

export const rulesCommands = {
  'turn-rule': {
    says: 'this rule on or off',
    keys: 'space',
    hint: [2, 'on/off'],
    live: true,
    effect: changing(onOne((rules, at, rule) => rules.with(at, turned(rule)))),
  },
  'ask-rule': { says: 'edit this rule', keys: 'enter', hint: [1, 'edit'], live: true, reduce: askRule },
  'rule-is': {
    says: 'at once: rule-is FILTER => ACTION',
    live: true,
    effect: changing(onOne((rules, at, rule, text) => rules.with(at, rewritten(rule, text)))),
  },
  'ask-new-rule': { says: 'a new rule below', keys: 'o', hint: [3, 'new'], live: true, reduce: askNewRule },
  'add-rule': {
    says: 'at once: add-rule FILTER => ACTION',
    live: true,
    effect: changing((rules, at, text) => rules.toSpliced(at + 1, 0, readRuleText(text))),
    reduce: moved(1),
  },
  'delete-rule': {
    says: 'delete this rule',
    keys: 'd delete',
    hint: [6, 'delete'],
    live: true,
    effect: changing(onOne((rules, at) => rules.toSpliced(at, 1))),
    reduce: moved(0),
  },
  'rule-down': { says: 'this rule one place down', keys: 'J', live: true, effect: swapped(1), reduce: moved(1) },
  'rule-up': { says: 'this rule one place up', keys: 'K', live: true, effect: swapped(-1), reduce: moved(-1) },
  'edit-rule': {
    says: 'this rule in your $EDITOR',
    keys: 'e',
    hint: [4, 'in $EDITOR'],
    live: true,
    effect: editing((rules, at) => ({ from: at, count: Math.min(1, rules.length) })),
  },
  'edit-rules': {
    says: 'all rules in your $EDITOR',
    keys: 'E',
    live: true,
    effect: editing(rules => ({ from: 0, count: rules.length })),
  },
  'test-rules': {
    says: 'what each would do to the selected flow',
    keys: 't',
    hint: [5, 'test'],
    live: true,
    reduce: turnTest,
  },
  'keep-rules': { says: 'write them into the file of --rules', keys: 'w', live: true, effect: keep },
} as const satisfies OwnCommands
