import { Command } from 'commander'
import { version } from '../model/version.ts'
import { printableLines } from '../view/printable.ts'
import { bareRedact } from './bare-redact.ts'
import { addAssert } from './commands/assert.ts'
import { addBrowser } from './commands/browser.ts'
import { addCa } from './commands/ca.ts'
import { addCompare } from './commands/compare.ts'
import { addCompletion } from './commands/completion.ts'
import { addDemo } from './commands/demo.ts'
import { addDoctor } from './commands/doctor.ts'
import { addExport } from './commands/export.ts'
import { addMcp } from './commands/mcp.ts'
import { addOpen } from './commands/open.ts'
import { addRecord } from './commands/record.ts'
import { addReplay } from './commands/replay.ts'
import { addRules } from './commands/rules.ts'
import { addRun } from './commands/run.ts'
import { addServe } from './commands/serve.ts'
import { addShow } from './commands/show.ts'
import { addStart } from './commands/start.ts'
import { addSystemProxy } from './commands/system-proxy.ts'
import { addTrace } from './commands/trace.ts'
import { applyConfig } from './config-file.ts'
import { CliError, note, usageExitCode } from './fail.ts'
import { ClosedPipe, closedPipeExitCode, onClosedPipe, printed } from './stdout.ts'

/**
 * Reads the command line and runs the command. Sets the exit code; never throws. What a command does is loaded when it
 * is run: the proxy accepts in half the time.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const program = commandLine()
  onClosedPipe(() => {})
  try {
    await program.parseAsync([...bareRedact(argv)])
    await printed()
  } catch (error) {
    if (error instanceof ClosedPipe) process.exit(closedPipeExitCode)
    process.exitCode = error instanceof CliError ? error.exitCode : 1
    note(withRemedy(error as Error))
  }
}

/** All commands with their options: what is run, what the shells complete and what the manual page says. */
export function commandLine(): Command {
  const program = new Command('parley')
    .description('An intercepting proxy that shows both TLS handshakes of every connection side by side.')
    .version(version)
    .showHelpAfterError('(parley --help lists the options)')
    .configureHelp({ optionDescription: ({ description }) => description })
    .configureOutput({
      outputError: (text, write) => write(printableLines(text.replace(/^error: /, 'parley: ')).join('\n')),
    })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : usageExitCode))
    .enablePositionalOptions()
    .helpCommand(true)
  program.hook('preAction', async (_, command) => {
    if (!withoutConfig.has(command.name())) await applyConfig(command) // which says itself what is wrong with the file
  })
  addStart(program)
  for (const add of [...waysIn, ...captures, ...machine]) add(program)
  return program
}

/** The doctor reads the file itself; a shell that completes words has no use for what is wrong with it. */
const withoutConfig: ReadonlySet<string> = new Set(['doctor', 'completion', 'complete'])

const waysIn = [addRun, addBrowser, addTrace, addDemo, addRecord]
const captures = [addOpen, addShow, addExport, addReplay, addServe, addAssert, addCompare, addMcp]
const machine = [addRules, addCa, addSystemProxy, addDoctor, addCompletion]

/** What went wrong, and after it what to do about it, where the error says so. */
function withRemedy({ message, remedy }: Error & { readonly remedy?: string }): string {
  return remedy === undefined || message.includes(remedy) ? message : `${message}. ${remedy}`
}
