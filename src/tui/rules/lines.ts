import { showRule } from '../../rules/rule.ts'
import { formatCount } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import { pad } from '../../view/width.ts'
import type { RuleNow } from '../actions.ts'
import { blank, type Line, line, span } from '../line.ts'
import { rowWith } from '../list/state.ts'
import type { World } from '../state/state.ts'
import { cursorOf, isOn, type RulesScreen, ruleAt, rulesOf } from './state.ts'
import { type Tested, testRules } from './tested.ts'

const hitColumns = 7

export const rulesHead = line(span(`   on ${pad('hits', hitColumns, 'left')}  filter => action`, 'dim'))

/** The rules, one a row; where they are tested, with what each would do. */
export function rulesLines(screen: RulesScreen, world: World): readonly Line[] {
  const rules = rulesOf(world)
  const tested = screen.tested === undefined ? undefined : testRules(rules, screen.tested, world.source)
  if (rules.length > 0) return rules.map((rule, at) => ruleLine(rule, tested && { of: tested[at] }))
  return [
    blank,
    line('  There are no rules. ', span('o', 'key'), ' makes one: FILTER => ACTION, as'),
    blank,
    line(span('    ~u /api => set-header response x-parley yes', 'accent')),
  ]
}

function ruleLine({ source, hits }: RuleNow, tested: { readonly of: Tested } | undefined): Line {
  const on = isOn(source)
  const named = source.name === undefined ? '' : `${printable(source.name)}: `
  const matches = tested?.of && tested.of.why === undefined
  return line(
    span(tested ? (matches ? ' ✓ ' : ' · ') : '   ', matches ? 'good' : 'dim'),
    span(on ? '●  ' : '○  ', on ? 'good' : 'dim'),
    span(pad(formatCount(hits), hitColumns, 'left'), 'dim'),
    '  ',
    span(named, 'bold'),
    span(printable(showRule(source)), on ? undefined : 'dim'),
    span(source.stop ? '  stop' : '', 'warn'),
  )
}

/** What the rule at the cursor would do to the flow that they are tested on. */
export function rulesInfo(screen: RulesScreen, world: World): readonly Line[] {
  if (screen.tested === undefined || !ruleAt(screen, world)) return []
  const row = rowWith(world.source, screen.tested)
  const tested = testRules(rulesOf(world), screen.tested, world.source)?.[cursorOf(screen, world)]
  const flow = row ? `#${row.id} ${printable(`${row.method} ${row.path}`)}` : `#${screen.tested}`
  if (!tested) return [line(span(` does not match ${flow}`, 'dim'))]
  const does = printable(tested.says.join(', '))
  if (tested.why === 'off') return [line(span(` would ${does} on ${flow}, but is off`, 'warn'))]
  if (tested.why === 'stopped') return [line(span(` would ${does} on ${flow}, but a rule above stops`, 'warn'))]
  return [line(span(` on ${flow}: ${does}`, 'good'))]
}
