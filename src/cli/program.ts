import { Command } from 'commander'
import { addCa } from './commands/ca.ts'
import { addDemo } from './commands/demo.ts'
import { addOpen } from './commands/open.ts'
import { addRecord } from './commands/record.ts'
import { addShow } from './commands/show.ts'
import { addStart } from './commands/start.ts'
import { addTrace } from './commands/trace.ts'
import { applyConfig } from './config-file.ts'
import { CliError, note } from './fail.ts'

/** Reads the command line and runs the command. Sets the exit code; never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('parley')
    .description('An intercepting proxy that shows both TLS handshakes of every connection side by side.')
    .version('0.1.0')
    .showHelpAfterError('(parley --help lists the options)')
    .enablePositionalOptions()
  program.hook('preAction', (_, command) => applyConfig(command))
  addStart(program)
  for (const add of [addTrace, addDemo, addRecord, addOpen, addShow, addCa]) add(program)
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    process.exitCode = error instanceof CliError ? error.exitCode : 1
    note((error as Error).message)
  }
}
