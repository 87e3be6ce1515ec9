/** The states of a stream (RFC 9113 5.1). We see both ends, so `half-closed` names the side that has ended. */
export type StreamState =
  | 'idle'
  | 'reserved'
  | 'open'
  | 'answered'
  | 'half-closed-client'
  | 'half-closed-client-answered'
  | 'half-closed-server'
  | 'tunnel'
  | 'tunnel-half-closed-client'
  | 'tunnel-half-closed-server'
  | 'closed'

export type StreamStep =
  | 'request-head'
  | 'promise'
  /** DATA or trailers. */
  | 'request-content'
  | 'request-end'
  /** The final head, not an interim one. */
  | 'response-head'
  /** The head just passed grants a CONNECT. */
  | 'tunnel'
  | 'response-content'
  | 'response-end'
  | 'abort'

type Steps = Readonly<Partial<Record<StreamStep, StreamState>>>

/** All that can happen. A peer may not send what is not here, and for us to take such a step is a mistake. */
const steps: Readonly<Record<StreamState, Steps>> = {
  idle: { 'request-head': 'open', promise: 'reserved' },
  reserved: { 'response-head': 'half-closed-client-answered', abort: 'closed' },
  open: {
    'request-content': 'open',
    'request-end': 'half-closed-client',
    'response-head': 'answered',
    abort: 'closed',
  },
  answered: {
    'request-content': 'answered',
    'request-end': 'half-closed-client-answered',
    tunnel: 'tunnel',
    'response-content': 'answered',
    'response-end': 'half-closed-server',
    abort: 'closed',
  },
  'half-closed-client': { 'response-head': 'half-closed-client-answered', abort: 'closed' },
  'half-closed-client-answered': {
    tunnel: 'tunnel-half-closed-client',
    'response-content': 'half-closed-client-answered',
    'response-end': 'closed',
    abort: 'closed',
  },
  'half-closed-server': { 'request-content': 'half-closed-server', 'request-end': 'closed', abort: 'closed' },
  tunnel: {
    'request-content': 'tunnel',
    'request-end': 'tunnel-half-closed-client',
    'response-content': 'tunnel',
    'response-end': 'tunnel-half-closed-server',
    abort: 'closed',
  },
  'tunnel-half-closed-client': {
    'response-content': 'tunnel-half-closed-client',
    'response-end': 'closed',
    abort: 'closed',
  },
  'tunnel-half-closed-server': {
    'request-content': 'tunnel-half-closed-server',
    'request-end': 'closed',
    abort: 'closed',
  },
  closed: {},
}

/** Whether the table has this step. */
export const may = (state: StreamState, step: StreamStep): boolean => steps[state][step] !== undefined

/** The state behind this step; throws by name where the table has none. */
export function next(state: StreamState, step: StreamStep): StreamState {
  const after = steps[state][step]
  if (after === undefined) throw new Error(`no step '${step}' from state '${state}'`)
  return after
}

/** Whether a CONNECT was granted: such a stream ends well with its connection. */
export const isTunnel = (state: StreamState): boolean =>
  state === 'tunnel' || state === 'tunnel-half-closed-client' || state === 'tunnel-half-closed-server'

/** Whether the whole response has passed. */
export const responseIsOver = (state: StreamState): boolean =>
  state === 'closed' || state === 'half-closed-server' || state === 'tunnel-half-closed-server'
