import { createHash } from 'node:crypto'
import type { ConnectionId } from '../../model/connection.ts'
import type { Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { now } from '../ports.ts'
import type { OwnRequest, Sender } from './own-request.ts'

/** A request of Parley's own, to be sent from another thread, and how much of the answer is wanted. */
export interface Ask extends Omit<OwnRequest, 'body' | 'signal' | 'within'> {
  readonly body: Uint8Array
  /** ms for all of it */
  readonly timeout: number
  /** Bytes of the answer's body that come along. */
  readonly keep: number
}

/** What came of it. Times in ms since it was asked for. */
export interface Answered {
  /** Absent where none was opened. */
  readonly connection?: ConnectionId
  readonly request?: RequestHead
  readonly head?: ResponseHead
  readonly trailers?: readonly Header[]
  /** The first of the body. */
  readonly body: Uint8Array
  readonly bodyBytes: number
  /** SHA-256 of the whole body, in hex: equal for equal answers. */
  readonly digest: string
  readonly headAfter?: number
  readonly endedAfter: number
  /** Why there is no whole answer. */
  readonly problem?: Problem
}

/** Sends and reads the answer to its end. Never rejects. */
export async function wholeAnswer(send: Sender['send'], ask: Ask, calledOff: AbortSignal): Promise<Answered> {
  const { timeout, keep, ...request } = ask
  const started = now()
  const late = AbortSignal.timeout(timeout)
  const hash = createHash('sha256')
  const parts: Uint8Array[] = []
  const told: { -readonly [K in keyof Answered]?: Answered[K] } = {}
  let bodyBytes = 0
  try {
    const answer = await send({ ...request, signal: AbortSignal.any([late, calledOff]) })
    const { connection, head, request: sent } = answer
    Object.assign(told, { connection, head, request: sent, headAfter: now() - started })
    for await (const part of answer.body) {
      hash.update(part)
      if (bodyBytes < keep) parts.push(part.subarray(0, keep - bodyBytes))
      bodyBytes += part.length
    }
    const trailers = answer.trailers?.()
    if (trailers?.length) told.trailers = trailers
  } catch (error) {
    told.problem = late.aborted && !calledOff.aborted ? lateProblem(timeout) : problemIn(error as Error)
  }
  return { ...told, body: Buffer.concat(parts), bodyBytes, digest: hash.digest('hex'), endedAfter: now() - started }
}

const lateProblem = (timeout: number): Problem => problemOf('own/timeout', { detail: `${timeout / 1000} s` })

const problemIn = (error: Error): Problem =>
  error instanceof ProblemError ? error.problem : problemOf('proxy/internal', { detail: error.message })
