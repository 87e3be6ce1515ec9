import type { Capture } from '../store/capture.ts'
import type { Session } from './session.ts'

/** Shows a capture on the terminal until the person leaves: one that a session writes, or an earlier one. */
export async function runScreen(_source: Session | Capture): Promise<void> {
  throw new Error('the screen is not built yet')
}
