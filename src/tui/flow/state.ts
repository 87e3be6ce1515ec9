import type { ExchangeId } from '../../model/exchange.ts'
import { unfound, type WithCursor } from '../state/scrolled.ts'
import { push, type State, type World } from '../state/state.ts'

/** As the title has them, in their order. */
export const flowTabs = { request: 'request', response: 'response', summary: 'connection', timing: 'timing' } as const
export type FlowTab = keyof typeof flowTabs

export interface FlowScreen extends WithCursor {
  readonly kind: 'flow'
  readonly id: ExchangeId
  readonly tab: FlowTab
  /** How the body is shown; in the way that fits best where absent. */
  readonly view?: string
  /** Which megabyte of the body. */
  readonly part: number
  /** Keys of the folds that are not as they are at first. */
  readonly flipped: ReadonlySet<string>
}

/** On its response, or on the request as long as there is none. */
export const enterFlow = (state: State, id: ExchangeId, { source }: World): State => {
  const tab = source.exchange(id)?.response ? 'response' : 'request'
  return push<FlowScreen>(state, { kind: 'flow', id, tab, part: 0, cursor: 0, flipped: new Set(), top: 0 })
}

/** The flow from the tab's first line on. */
export const flowAtTab = ({ view: _, ...screen }: FlowScreen, tab: FlowTab): FlowScreen => ({
  ...unfound(screen),
  ...{ tab, part: 0, cursor: 0, top: 0 },
})

/** The flow at another part of what is long. */
export const flowAtPart = (screen: FlowScreen, part: number): FlowScreen => ({
  ...unfound(screen),
  ...{ part, cursor: 0, top: 0 },
})
