import { basename } from 'node:path'
import { Argument, type Command } from 'commander'
import { completionScript, type Shell, shells } from '../completion/scripts.ts'
import { print } from '../stdout.ts'

/** `parley completion SHELL`: what has a shell complete the words of Parley's command line. */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print what has a shell complete commands, options, captures and filters')
    .addArgument(new Argument('<shell>', 'to be put into its start file; the first line says how').choices(shells))
    .action((shell: Shell) => print(completionScript[shell]))
  program
    .command('complete', { hidden: true })
    .argument('<shell>')
    .argument('<line>', 'what was typed, up to the cursor')
    .action((shell: Shell, line: string) => printCandidates(program, shell, line))
}

async function printCandidates(program: Command, shell: Shell, line: string): Promise<void> {
  const { argumentsOf, forBash, readTypedLine } = await import('../completion/typed-line.ts')
  const { candidatesFor } = await import('../completion/candidates.ts')
  const { listCaptures } = await import('../../store/capture-files.ts')
  const { captureFolder } = await import('../../store/data-folder.ts')
  const { printable } = await import('../../view/printable.ts')
  const typed = argumentsOf(readTypedLine(line))
  const captures = () => listCaptures(captureFolder()).map(path => basename(path, '.parley'))
  const { words, files } = candidatesFor(program, typed.words, { captures })
  const lines = words.map(({ word, says }) => {
    if (shell === 'bash') return forBash(word, typed)
    return says === undefined ? word : `${word}\t${says}`
  })
  print(
    `${[...lines.map(each => each.split('\t').map(printable).join('\t')), files ? ':files' : ':nothing'].join('\n')}\n`,
  )
}
