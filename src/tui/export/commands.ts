import type { ExchangeId } from '../../model/exchange.ts'
import type { ExportAsked } from '../actions.ts'
import type { Effect, OwnCommands } from '../command.ts'
import { errorText } from '../effects.ts'
import { lastFlow } from '../list/state.ts'
import { askingFor } from '../state/prompt.ts'
import { push, type State, type Step, say, screenOf, stepsOn, type World } from '../state/state.ts'
import { type ExportScreen, formatAt } from './state.ts'

const nowhere = 'Nothing can be exported here.'

/** Shows what can leave, and how. `flowOf`: the flow that the screen is about. */
export const choosing =
  (flowOf: (state: State, world: World) => ExchangeId | undefined): Step =>
  (state, world) => {
    const { exports: formats } = world.status
    if (!formats) return say(state, nowhere, 'bad')
    const flow = flowOf(state, world)
    const about = flow === undefined ? { tab: 'shown' as const } : { tab: 'flow' as const, flow }
    return push<ExportScreen>(state, { kind: 'export', cursor: 0, top: 0, formats, redacted: false, ...about })
  }

/** Asks where to. */
export const askFile: (screen: ExportScreen, state: State, world: World) => State = (screen, state, { status }) => {
  const format = formatAt(screen)
  if (!format) return state
  const name = status.capturePath.replace(/^.*[\\/]/, '').replace(/\.parley$/, '')
  return { ...state, prompt: askingFor('to the file', `${name}${format.ending}`, 'export-to') }
}

const write: Effect = async (state, world, { actions }, argument) => {
  const asked = askedFor(screenOf(state) as ExportScreen, state, world, argument.trim())
  if (!actions.export || !asked) return { text: nowhere, tone: 'bad' }
  try {
    return { text: await actions.export(asked), tone: 'good' }
  } catch (error) {
    return { text: errorText(error), tone: 'bad' }
  }
}

function askedFor(screen: ExportScreen, state: State, world: World, path: string): ExportAsked | undefined {
  const format = formatAt(screen)
  if (!format || path === '') return undefined
  const { filter, cleared } = state
  const shown = { ...(filter.filter && { filter: filter.filter }), after: cleared ?? 0, upTo: lastFlow(state, world) }
  const scopes = {
    flow: () => ({ ids: new Set(screen.flow === undefined ? [] : [screen.flow]) }),
    marked: () => ({ ids: new Set(world.source.marked()) }),
    shown: () => shown,
    all: () => ({}),
  }
  return { format: format.key, path, redacted: screen.redacted, flows: scopes[screen.tab]() }
}

const turnRedaction: Step = stepsOn<ExportScreen>('export')(screen => ({ ...screen, redacted: !screen.redacted }))

export const exportCommands = {
  'turn-redaction': {
    says: 'with secrets, or without',
    keys: 'r',
    hint: [3, 'redact'],
    reduce: turnRedaction,
  },
  'export-to': { says: 'write it to a file: export-to FILE', effect: write },
} satisfies OwnCommands
