import type { Capture } from '../store/capture.ts'
import { StoreError } from '../store/store-error.ts'
import { CliError, unreadableExitCode } from './fail.ts'
import { openWhole } from './importing/open-files.ts'

/**
 * Does something with the capture of a path or a name, or what others recorded, for a command whose exit code 1 is an answer: throws CliError
 * with exit code 3 where the capture cannot be read.
 */
export async function withCapture<T>(name: string, work: (capture: Capture) => T | Promise<T>): Promise<T> {
  try {
    const { capture, close } = await openWhole([name], {}).catch(unreadable)
    try {
      return await work(capture)
    } finally {
      await close()
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    throw new CliError(error.message, unreadableExitCode, error.remedy)
  }
}

function unreadable(error: Error): never {
  if (error instanceof CliError) throw new CliError(error.message, unreadableExitCode, error.remedy)
  throw error
}
