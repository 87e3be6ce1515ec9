import type { Capture } from '../store/capture.ts'
import type { Session } from './session.ts'

/** Shows a capture on the terminal until the person leaves; `session` where it is still being written. */
export async function runScreen(_session: Session | undefined, _capture: Capture): Promise<void> {
  throw new Error('the screen is not built yet')
}
