import type { Filter } from '../../filter/ast.ts'
import type { Capture } from '../../store/capture.ts'
import type { EndReason, Told } from '../../view/json/event-json.ts'

/** When a recording is to end by itself: whatever comes first. */
export interface EndWishes {
  /** ms from now on */
  readonly for?: number | undefined
  /** As soon as a flow that fits has ended. */
  readonly until?: Filter | undefined
  /** As soon as so many flows have ended. */
  readonly count?: number | undefined
}

export interface RecordingEnd {
  /** To be told every event. */
  hear(event: Told, capture: Pick<Capture, 'matching'> | undefined): void
  /** Resolves to what was reached first; never, where nothing is wished. */
  readonly reached: Promise<EndReason>
  /** No longer waits. */
  cancel(): void
}

/** Waits for the end of a recording that its options ask for. */
export function recordingEnd(wishes: EndWishes): RecordingEnd {
  let reach: (why: EndReason) => void = () => {}
  const reached = new Promise<EndReason>(resolve => {
    reach = resolve
  })
  const timer = wishes.for === undefined ? undefined : setTimeout(() => reach('for'), wishes.for)
  let ended = 0
  return {
    hear(event, capture) {
      if (event.event !== 'flow-ended') return
      ended++
      const { id } = event.flow
      if (wishes.until && capture && capture.matching(wishes.until, 1, { first: id, last: id }).length > 0)
        reach('until')
      else if (wishes.count !== undefined && ended >= wishes.count) reach('count')
    },
    reached,
    cancel: () => clearTimeout(timer),
  }
}
