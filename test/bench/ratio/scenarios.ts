import type { Shape } from './load.ts'
import type { Amount } from './measure.ts'
import type { PeerName } from './peers.ts'

/** What is judged, as Parley over relay; the goal is the most it may be. */
export type Judged = 'cpu' | 'seconds' | 'p50' | 'p99'

export interface Scenario {
  readonly name: string
  readonly shape: Shape
  /** What warms the peers up, where the shape itself asks for too little. */
  readonly warmUp?: Shape
  readonly round: Amount
  readonly unit: 'request' | 'gigabyte'
  readonly goals: Readonly<Partial<Record<Judged, number>>>
  /** Parley that acts over Parley that relays verbatim, where that is the question; the most that CPU may be. */
  readonly acting?: Readonly<Partial<Record<PeerName, number>>>
  /** Parley's own TLS client over OpenSSL's, in place of Parley over relay. */
  readonly overOpenssl?: true
  readonly about: string
}

const acting = { unmatched: 1.3, changed: 1.8 }
const steady = { requests: 1e9, ms: 1500 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'h1-small',
    shape: 'http1',
    round: steady,
    unit: 'request',
    goals: { cpu: 1.9 },
    about: '200 B over 32 kept HTTP/1.1 connections',
  },
  {
    name: 'h2-small',
    shape: 'http2',
    round: steady,
    unit: 'request',
    goals: { cpu: 2.2 },
    about: '200 B over 8 HTTP/2 connections of 32 streams',
  },
  {
    name: 'new-connection',
    shape: 'connections',
    round: steady,
    unit: 'request',
    goals: { cpu: 2.2 },
    about: 'one request a connection, one host, no resumption, 8 at a time',
  },
  {
    name: 'new-host',
    shape: 'hosts',
    round: steady,
    unit: 'request',
    goals: { cpu: 2.3 },
    about: 'one request a connection, a new host name each (a leaf is minted)',
  },
  {
    name: 'download',
    shape: 'download',
    round: { requests: 4, ms: 4000 },
    unit: 'gigabyte',
    goals: { cpu: 1.6 },
    about: '100 MB over one HTTP/1.1 connection',
  },
  {
    name: 'latency',
    shape: 'paced',
    warmUp: 'http1',
    round: steady,
    unit: 'request',
    goals: { p50: 1.15, p99: 1.5 },
    about: '200 B, 4 connections with a pause of 8 ms each',
  },
  {
    name: 'exact-new-connection',
    shape: 'connections',
    round: steady,
    unit: 'request',
    goals: { cpu: 1 },
    overOpenssl: true,
    about: 'new-connection, over --tls-client openssl',
  },
  {
    name: 'exact-h1',
    shape: 'http1',
    round: steady,
    unit: 'request',
    goals: { cpu: 1 },
    overOpenssl: true,
    about: 'h1-small in the same way',
  },
  {
    name: 'exact-download',
    shape: 'download',
    round: { requests: 4, ms: 4000 },
    unit: 'gigabyte',
    goals: { cpu: 1.2 },
    overOpenssl: true,
    about: 'download in the same way',
  },
  {
    name: 'acting-h1',
    shape: 'http1',
    round: steady,
    unit: 'request',
    goals: {},
    acting,
    about: 'h1-small under a rule that matches nothing, and one that changes each head, over the verbatim relay',
  },
  {
    name: 'acting-h2',
    shape: 'http2',
    round: steady,
    unit: 'request',
    goals: {},
    acting,
    about: 'h2-small in the same way',
  },
]

/** Scenarios that start processes of their own. */
export const otherScenarios = ['ready', 'memory'] as const
