import type { After } from './framing.ts'

export type MessageState = keyof typeof steps
export type Step = 'length' | 'chunked' | 'until-close' | After | 'miss' | 'lose'

/** All that can happen; a step that is not here is a mistake of ours. */
const steps = {
  head: {
    length: 'length',
    chunked: 'chunked',
    'until-close': 'until-close',
    next: 'head',
    hold: 'held',
    close: 'closed',
    upgrade: 'raw',
    miss: 'missed',
    lose: 'lost',
  },
  length: { next: 'head', hold: 'held', close: 'closed', lose: 'lost' },
  chunked: { next: 'head', hold: 'held', close: 'closed', miss: 'missed', lose: 'lost' },
  'until-close': { close: 'closed', lose: 'lost' },
  held: { next: 'head', upgrade: 'raw', miss: 'missed', lose: 'lost' },
  closed: { miss: 'missed', lose: 'lost' },
  missed: { next: 'head', upgrade: 'raw', lose: 'lost' },
  raw: { lose: 'lost' },
  lost: { lose: 'lost' },
} as const satisfies Record<string, Partial<Record<Step, string>>>

/** The state behind this step; throws by name where the table has none. */
export function next(state: MessageState, step: Step): MessageState {
  const after = (steps[state] as Partial<Record<Step, MessageState>>)[step]
  if (after === undefined) throw new Error(`no step '${step}' from state '${state}'`)
  return after
}
