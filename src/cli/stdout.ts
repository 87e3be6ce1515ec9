/** Nobody reads stdout any more, as after `| head`: a command ends there, without a word. */
export class ClosedPipe extends Error {}

/** The exit code of a program that SIGPIPE ends, as shells name it. */
export const closedPipeExitCode = 128 + 13

/** Without a listener Node would end the program with a stack. Calls `closed` as soon as nobody reads any more. */
export function onClosedPipe(closed: () => void): void {
  process.stdout.on('error', closed)
}

/** Writes to stdout. Throws ClosedPipe where that cannot be read any more. */
export function print(text: string): void {
  process.stdout.write(text)
  if (process.stdout.errored) throw new ClosedPipe()
}
