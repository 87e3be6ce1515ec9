/** A rules screen in front of an engine that keeps what it is told. */
import { type RuleSource, readRule } from '../../../src/rules/rule.ts'
import type { Actions, RuleNow } from '../../../src/tui/actions.ts'
import { Session } from '../../../src/tui/session.ts'
import { pageOf } from '../../../src/tui/shell/page.ts'
import type { World } from '../../../src/tui/state/state.ts'
import { rowWorld, texts } from '../world.ts'

export const rule = (when: string, action: string, more: Partial<RuleSource> = {}): RuleSource => ({
  when,
  do: [action],
  ...more,
})

export const counted = (sources: readonly RuleSource[]): readonly RuleNow[] =>
  sources.map((source, at) => ({ source, hits: at * 1200 }))

export const header = rule('~u /api', 'set-header response x-parley yes')
export const status = rule('~m POST', 'set-status 503', { enabled: false })
export const stopping = rule('~d example', 'set-method PUT', { stop: true, name: 'mine' })

export function rulesSession(sources: readonly RuleSource[], more: Actions = {}, world: World = rowWorld([])) {
  const rules = { all: counted(sources) }
  const actions: Actions = {
    setRules(now) {
      for (const each of now) readRule(each)
      rules.all = counted(now)
    },
    ...more,
  }
  const session = new Session({ world: { ...world, status: { ...world.status, rules } }, actions, write: () => {} })
  session.suspend = work => work()
  const type = (text: string): void => [...text].forEach(key => void session.press(key === ' ' ? 'space' : key))
  const keys = (...names: readonly string[]): void => names.forEach(key => void session.press(key))
  const page = (): string => texts(pageOf(session.state, session.world)).join('\n')
  return { session, type, keys, page, written: () => rules.all.map(({ source }) => source) }
}
