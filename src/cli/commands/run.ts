import type { Command } from 'commander'
import { liveOptions } from '../export/live-options.ts'
import { CliError, usageExitCode } from '../fail.ts'
import { readHosts } from '../option-values.ts'
import { addOptions, besideProxy, type FlagsOf, gathered, screenOptions, toggle } from '../options.ts'

const { proto, theme } = screenOptions
const runOptions = {
  tui: toggle('--tui', 'open the screen; what the command prints goes to the event log (E)'),
  proto,
  theme,
  json: toggle('--json', 'at the end, say what came as one line of JSON on stderr'),
  except: gathered(
    '--except <host>',
    'let the command reach this host or *.domain without Parley',
    readHosts,
    [] as readonly string[],
  ),
  ...liveOptions,
  ...besideProxy,
}
type RunFlags = FlagsOf<typeof runOptions>

/** `parley run -- CMD ARGS`: a command, and all that it starts, through the proxy; without one, a shell. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run a command, or a shell, whose traffic goes through Parley')
    .argument('[command...]', 'the command and its arguments; without it your shell')
    .passThroughOptions()
  addOptions(command, runOptions).action(async (words: readonly string[], flags: RunFlags) => {
    if (flags.tui && words.length === 0)
      throw new CliError('--tui needs a command: parley run --tui -- CMD', usageExitCode)
    const { runChild } = await import('../run-child.ts')
    process.exitCode = await runChild(words, flags)
  })
}
