import { note } from './fail.ts'
import { showListen, showServer } from './option-values.ts'
import type { Run } from './run.ts'

/** Says on stderr where a run listens. */
export function noteListening(run: Run): void {
  note(`listening on ${showListen(run)}, writing ${run.capturePath}`)
  for (const door of run.reverse) note(`listening on ${showListen(door)} in the place of ${showServer(door.server)}`)
}
