import type { Shape } from './load.ts'
import type { Amount } from './measure.ts'

/** What is judged, as Parley over relay; the goal is the most it may be. */
export type Measure = 'engine' | 'process' | 'seconds' | 'p50' | 'p99'

export interface Scenario {
  readonly name: string
  readonly shape: Shape
  readonly warmUp: Amount & { readonly shape?: Shape }
  readonly round: Amount
  readonly unit: 'request' | 'gigabyte'
  readonly goals: Readonly<Partial<Record<Measure, number>>>
  readonly about: string
}

const steady = { requests: 1e9, ms: 1500 }
const warm = { requests: 6000, ms: 8000 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'h1-small',
    shape: 'http1',
    warmUp: warm,
    round: steady,
    unit: 'request',
    goals: { engine: 1.4, process: 2.2 },
    about: '200 B over 32 kept HTTP/1.1 connections',
  },
  {
    name: 'h2-small',
    shape: 'http2',
    warmUp: { requests: 12_000, ms: 8000 },
    round: steady,
    unit: 'request',
    goals: { engine: 1.4, process: 2.6 },
    about: '200 B over 8 HTTP/2 connections of 32 streams',
  },
  {
    name: 'new-connection',
    shape: 'connections',
    warmUp: { requests: 300, ms: 4000 },
    round: { requests: 400, ms: 2500 },
    unit: 'request',
    goals: { process: 1.3 },
    about: 'one request a connection, one host, no resumption, 8 at a time',
  },
  {
    name: 'new-host',
    shape: 'hosts',
    warmUp: { requests: 200, ms: 4000 },
    round: { requests: 250, ms: 2500 },
    unit: 'request',
    goals: { process: 1.6 },
    about: 'one request a connection, a new host name each (a leaf is minted)',
  },
  {
    name: 'download',
    shape: 'download',
    warmUp: { requests: 2, ms: 8000 },
    round: { requests: 2, ms: 4000 },
    unit: 'gigabyte',
    goals: {},
    about: '100 MB over one HTTP/1.1 connection',
  },
  {
    name: 'latency',
    shape: 'paced',
    warmUp: { ...warm, shape: 'http1' },
    round: steady,
    unit: 'request',
    goals: {},
    about: '200 B, 4 connections with a pause of 8 ms each',
  },
]

/** Scenarios that start processes of their own. */
export const otherScenarios = ['ready', 'memory'] as const
export const readyGoal = 500 // ms
export const memoryLengths = [15_000, 30_000] as const // requests, the second on top of the first
