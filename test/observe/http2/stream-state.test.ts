import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isTunnel,
  may,
  next,
  responseIsOver,
  type StreamState,
  type StreamStep,
} from '../../../src/observe/http2/stream-state.ts'

/** What each state says of its two messages, from which every cell of the table follows. */
interface Meaning {
  readonly request: 'awaited' | 'open' | 'over'
  readonly response: 'awaited' | 'open' | 'over'
  readonly tunnel?: true
}

const meanings: Readonly<Record<StreamState, Meaning>> = {
  idle: { request: 'awaited', response: 'awaited' },
  reserved: { request: 'over', response: 'awaited' },
  open: { request: 'open', response: 'awaited' },
  answered: { request: 'open', response: 'open' },
  'half-closed-client': { request: 'over', response: 'awaited' },
  'half-closed-client-answered': { request: 'over', response: 'open' },
  'half-closed-server': { request: 'open', response: 'over' },
  tunnel: { request: 'open', response: 'open', tunnel: true },
  'tunnel-half-closed-client': { request: 'over', response: 'open', tunnel: true },
  'tunnel-half-closed-server': { request: 'open', response: 'over', tunnel: true },
  closed: { request: 'over', response: 'over' },
}
const closed = meanings.closed

/** What a step makes of a meaning; undefined where it may not be taken. */
const rules: Readonly<Record<StreamStep, (from: Meaning) => Meaning | undefined>> = {
  'request-head': from => (from.request === 'awaited' ? { ...from, request: 'open' } : undefined),
  promise: from => (from.request === 'awaited' ? { ...from, request: 'over' } : undefined),
  'request-content': from => (from.request === 'open' ? from : undefined),
  'request-end': from => (from.request === 'open' ? over({ ...from, request: 'over' }) : undefined),
  'response-head': from =>
    from.request !== 'awaited' && from.response === 'awaited' ? { ...from, response: 'open' } : undefined,
  tunnel: from => (from.response === 'open' && !from.tunnel ? { ...from, tunnel: true } : undefined),
  'response-content': from => (from.response === 'open' ? from : undefined),
  'response-end': from => (from.response === 'open' ? over({ ...from, response: 'over' }) : undefined),
  abort: from => (from.request === 'awaited' || from === closed ? undefined : closed),
}
const over = (to: Meaning): Meaning => (to.request === 'over' && to.response === 'over' ? closed : to)

const states = Object.keys(meanings) as StreamState[]
const steps = Object.keys(rules) as StreamStep[]

for (const state of states)
  test(`every step from ${state} leads where the messages say, or is refused by name`, () => {
    for (const step of steps) {
      const meant = rules[step](meanings[state])
      assert.equal(may(state, step), meant !== undefined, step)
      if (meant) assert.deepEqual(meanings[next(state, step)], meant, step)
      else assert.throws(() => next(state, step), { message: `no step '${step}' from state '${state}'` })
    }
  })

test('every state can be reached, and nothing follows closed', () => {
  const reached = new Set<StreamState>(['idle'])
  for (const state of reached) for (const step of steps) if (may(state, step)) reached.add(next(state, step))
  assert.deepEqual([...reached].sort(), [...states].sort())
  assert.deepEqual(
    steps.filter(step => may('closed', step)),
    [],
  )
})

test('only a promise reserves a stream', () => {
  assert.deepEqual(
    states.flatMap(state => steps.filter(step => may(state, step) && next(state, step) === 'reserved')),
    ['promise'],
  )
})

test('a response is over once it has ended', () => {
  for (const state of states) assert.equal(responseIsOver(state), meanings[state].response === 'over', state)
})

test('a tunnel is one until it closes', () => {
  for (const state of states) assert.equal(isTunnel(state), meanings[state].tunnel === true, state)
})
