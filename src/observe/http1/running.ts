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
