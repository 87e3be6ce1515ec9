import type { ComparisonRow, Verdict } from '../../compare/compare.ts'
import type { Problem } from '../../model/problem.ts'
import type { FlowRow } from '../../store/queries.ts'
import type { CertificateJson } from '../../view/json/certificate-json.ts'
import type { ExchangeJson } from '../../view/json/exchange-json.ts'
import type { Table } from '../../view/table.ts'
import type { PhaseName } from '../../view/timing/timing.ts'

/** What a report holds, as its script reads it. Texts are the network's, not printable yet. */

/** A part of a flow's time: what, from when in ms since the row's start (it may be before it), and for how long. */
export type Span = readonly [name: PhaseName, from: number, length: number]

/** A row of the list: what the screen's list knows, and its bar. */
export interface ReportRow extends FlowRow {
  /** `h2 1.3 │ h2 1.2` */
  readonly legs: string
  readonly spans: readonly Span[]
}

/** What is behind a row; nothing where that is a connection alone. */
export interface ReportFlow {
  readonly exchange?: ExchangeJson
}

/** A secret that the legs shared: never its value. */
export interface MaskedKey {
  readonly name: string
  readonly source: string
  /** bytes */
  readonly length: number
}

export interface ReportLeg {
  /** Of the certificates: who is good for what, for how long, and what is wrong. */
  readonly chain: readonly string[]
  readonly certificates: readonly CertificateJson[]
  /** Of the client, where it showed any. */
  readonly clientCertificates: readonly CertificateJson[]
  readonly keys: readonly MaskedKey[]
}

/** A connection: every part is made by what makes the screen and the JSON. */
export interface ReportConnection {
  readonly id: number
  /** `api.example.com:443` */
  readonly where: string
  readonly legs: string
  /** ISO 8601 */
  readonly openedAt: string
  /** `curl (pid 123)` */
  readonly process?: string
  /** Seen from outside: one leg alone, from client to server. */
  readonly sniffed: boolean
  readonly table: Table
  readonly comparison: readonly ComparisonRow[]
  readonly verdict: Verdict
  readonly problems: readonly Problem[]
  readonly tolerated?: Problem
  readonly client?: ReportLeg
  readonly upstream?: ReportLeg
}
