import { lsofProcesses } from './lsof-processes.ts'
import { procProcesses } from './proc-processes.ts'
import type { FindProcesses } from './socket-table.ts'

/** The platform's way; undefined where there is none. */
export function platformProcesses(platform: NodeJS.Platform = process.platform): FindProcesses | undefined {
  if (platform === 'linux') return procProcesses()
  if (platform === 'darwin') return lsofProcesses()
  return undefined
}
