import { printableLines } from '../view/printable.ts'

/** What was typed cannot be run, as distinct from what was run and failed. */
export const usageExitCode = 2

/** For a command whose 1 is an answer: what it was to read cannot be read, or its report cannot be written. */
export const unreadableExitCode = 3

/** An error whose message is for the person at the terminal: what happened, why, what to do. */
export class CliError extends Error {
  readonly exitCode: number
  readonly remedy?: string
  constructor(message: string, exitCode = 1, remedy?: string) {
    super(message)
    this.exitCode = exitCode
    if (remedy !== undefined) this.remedy = remedy
  }
}

let held: string[] | undefined
let hears: ((text: string) => void) | undefined

const unheard = (): void => {}

/** Prints to stderr, prefixed and printable: file names and errors are somebody else's words. Later, while notes are held. */
export function note(text: string): void {
  if (held) {
    held.push(text)
    hears?.(text)
    return
  }
  // where nobody reads it any more, as when the terminal is closed, what is said is lost and nothing else
  if (!process.stderr.listeners('error').includes(unheard)) process.stderr.on('error', unheard)
  process.stderr.write(`parley: ${printableLines(text).join('\n')}\n`)
}

/** From now on somebody else has the terminal. Returns how to say when it is free: then the notes come that waited. */
export function holdNotes(): () => void {
  held = []
  return () => {
    const waited = held ?? []
    held = undefined
    for (const text of waited) note(text)
  }
}

/** Has somebody else say at once what is noted while notes are held. Returns how to end that. */
export function hearNotes(listener: (text: string) => void): () => void {
  hears = listener
  return () => {
    hears = undefined
  }
}
