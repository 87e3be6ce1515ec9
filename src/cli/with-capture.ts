import type { Capture } from '../store/capture.ts'
import { StoreError } from '../store/store-error.ts'
import { CliError, unreadableExitCode } from './fail.ts'
import { type ImportFlags, openWhole } from './importing/open-files.ts'

/**
 * Does something with the capture of a path or a name, or with what others recorded, for a command whose exit code 1 is
 * an answer: throws CliError with exit code 3 where the file cannot be read.
 */
export async function withCapture<T>(
  name: string,
  flags: ImportFlags,
  work: (capture: Capture) => T | Promise<T>,
): Promise<T> {
  const { capture, close } = await orUnreadable(() => openWhole([name], flags))
  try {
    return await orUnreadable(async () => work(capture))
  } finally {
    await close()
  }
}

async function orUnreadable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!isOfFile(error)) throw error
    const { message, remedy } = error as StoreError | CliError
    throw new CliError(message, unreadableExitCode, remedy)
  }
}

/** What is wrong with the file, or what the system says of it; no usage error, and no fault of the program. */
const isOfFile = (error: unknown): boolean =>
  error instanceof StoreError || (error instanceof CliError ? error.exitCode === 1 : isFromSystem(error))

const isFromSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error
