import { jsonText } from '../view/printable.ts'
import { CliError } from './fail.ts'

/** Nobody reads stdout any more, as after `| head`: a command ends there, without a word. */
export class ClosedPipe extends Error {}

/** The exit code of a program that SIGPIPE ends, as shells name it. */
export const closedPipeExitCode = 128 + 13

/** Without a listener Node would end the program with a stack. Calls `closed` as soon as nobody reads any more. */
export function onClosedPipe(closed: () => void): void {
  process.stdout.on('error', closed)
}

/** Writes to stdout. Throws ClosedPipe where that cannot be read any more, CliError where it cannot be written. */
export function print(text: string | Uint8Array): void {
  process.stdout.write(text)
  refuseErrors()
}

/** A value as a line of JSON that is safe to print. Throws as `print` does. */
export const printJson = (value: unknown): void => print(`${jsonText(value)}\n`)

const mostWaiting = 1 << 20 // bytes

/** Resolves at once, or when the reader of a pipe has caught up. Throws as `print` does. */
export const keepingPace = async (): Promise<void> => {
  if (process.stdout.writableLength > mostWaiting) await printed()
}

/** Resolves when all that was printed is out. Throws as `print` does. */
export async function printed(): Promise<void> {
  if (!process.stdout.destroyed) await new Promise<void>(resolve => process.stdout.write('', () => resolve()))
  refuseErrors()
}

function refuseErrors(): void {
  const error = process.stdout.errored as NodeJS.ErrnoException | null
  if (error?.code === 'ENOSPC') throw new CliError('cannot write the output: the disk is full')
  if (error) throw new ClosedPipe()
}
