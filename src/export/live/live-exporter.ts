import type { Capture } from '../../store/capture.ts'
import type { ExportedFlow } from '../exported-flows.ts'
import type { LeavingConnection } from '../leaving-flows.ts'

/** Writes a format while it is recorded: what has ended is in the file, which is whole at every moment. Throws Node's errors. */
export interface LiveExporter {
  /** An exchange has ended, or all has. */
  flow?(capture: Capture, flow: ExportedFlow): void
  /** A connection has ended and all is known of it, or all has ended. */
  connection?(capture: Capture, connection: LeavingConnection): void
  close(): void
}

/** Opens the file; what was there goes. */
export type OpenLive = (path: string) => LiveExporter
