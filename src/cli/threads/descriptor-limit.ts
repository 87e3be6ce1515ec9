import { readFileSync } from 'node:fs'

/** How many descriptors this process may have open; Infinity where that is not known. Takes 30 ms where there is no /proc. */
export function descriptorLimit(limits = '/proc/self/limits'): number {
  try {
    return limitIn(readFileSync(limits, 'latin1'))
  } catch {
    const report = process.report?.getReport() as { userLimits?: { open_files?: { soft?: unknown } } } | undefined
    const soft = report?.userLimits?.open_files?.soft
    return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY
  }
}

/** The soft limit, as Linux writes it: `Max open files  1024  4096  files`. */
export const limitIn = (text: string): number =>
  Number(/^Max open files\s+(\d+)/m.exec(text)?.[1] ?? Number.POSITIVE_INFINITY)
