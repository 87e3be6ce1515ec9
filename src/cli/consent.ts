import { createInterface } from 'node:readline/promises'
import { printableLines } from '../view/printable.ts'
import { note } from './fail.ts'

/** Where a person is asked: the terminal, but in tests. */
export interface Desk {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

/**
 * Shows the commands that need root, and asks whether to run them; true at once where `yes` was said before, false at once
 * where nobody can be asked.
 */
export async function consents(
  commands: readonly string[],
  yes: boolean | undefined,
  { input, output }: Desk = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (commands.length === 0) return true
  output.write('As root:\n')
  for (const command of commands) output.write(`  ${printableLines(command).join(' ')}\n`)
  if (yes) return true
  if (!input.isTTY) {
    note('nobody is here to agree to that: run them yourself, or give --yes')
    return false
  }
  const reader = createInterface({ input, output })
  const closed = new Promise<string>(resolve => reader.once('close', () => resolve('')))
  const answer = await Promise.race([reader.question('Run them? [y/N] '), closed])
  reader.close()
  return /^y(es)?$/i.test(answer.trim())
}
