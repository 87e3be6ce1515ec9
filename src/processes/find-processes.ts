import type { ClientProcess } from '../model/connection.ts'
import { lsofProcesses } from './lsof-processes.ts'
import { procProcesses } from './proc-processes.ts'
import type { ClientSocket } from './socket-table.ts'

/** Who holds each of these sockets; undefined where that is not found. Rejects for reasons of the system's. */
export type FindProcesses = (sockets: readonly ClientSocket[]) => Promise<(ClientProcess | undefined)[]>

/** The platform's way; undefined where there is none. */
export function platformProcesses(platform: NodeJS.Platform = process.platform): FindProcesses | undefined {
  if (platform === 'linux') return procProcesses()
  if (platform === 'darwin') return lsofProcesses()
  return undefined
}
