import type { PlainSink } from '../plain.ts'

/** An exchange that is not over. */
export interface Running {
  readonly key: number
  readonly method: string
  requestEnded: boolean
  responded: boolean
  /** Interim responses so far. */
  interim: number
}

/** Pipelined requests that may wait for their answer; the busiest load generators send some hundred. */
export const maxWaiting = 1000

/** What of an exchange passed unrecorded for all that can be known; undefined where only the end of its response did. */
export function missing({ responded, requestEnded }: Running): string | undefined {
  if (!responded) return 'the response was not recorded'
  return requestEnded ? undefined : 'the end of the request was not recorded'
}

const unseen = 0 // the key of no exchange: they count from 1

/** A request among bytes that Parley missed: its response is read, so that those behind it find theirs. */
export const unseenRequest = (): Running => ({
  ...{ key: unseen, method: 'GET', requestEnded: true, responded: false, interim: 0 },
})

/** A sink that hears nothing of exchanges whose requests were not seen. */
export const knownOnly = (sink: PlainSink): PlainSink => ({
  open: (key, at, head) => sink.open(key, at, head),
  event: (key, event) => key !== unseen && sink.event(key, event),
  problem: problem => sink.problem(problem),
  protocol: name => sink.protocol(name),
})
