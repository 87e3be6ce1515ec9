import type { Command } from 'commander'
import { CliError, note, usageExitCode } from '../fail.ts'
import { type ProxyFlags, runOptions, withProxyOptions } from '../options.ts'
import { startRun } from '../running.ts'
import { opensScreen, type ScreenFlags, withScreenOptions } from '../screen-options.ts'

type StartFlags = ProxyFlags & ScreenFlags

/** `parley`: the proxy, with the screen where there is a terminal. */
export function addStart(program: Command): void {
  withScreenOptions(withProxyOptions(program), 'print one line per flow instead of the screen')
    .allowExcessArguments()
    .action(async (flags: StartFlags) => {
      const [unknown] = program.args
      if (unknown !== undefined) throw new CliError(noCommand(unknown, program), usageExitCode)
      const onScreen = opensScreen(flags)
      // what shows it is loaded while the threads start
      const loading = onScreen
        ? import('../screen.ts').then(({ runScreen }) => runScreen)
        : import('../lines.ts').then(({ printLines }) => printLines)
      const [run, show] = await Promise.all([startRun(runOptions(flags)), loading])
      await show(run, flags)
      await run.close()
      note(`capture kept in ${run.capturePath}; see it again with: parley open ${run.capturePath}`)
    })
}

function noCommand(word: string, { commands }: Command): string {
  const names = commands.map(command => command.name()).join(', ')
  return `there is no command ${word}; the commands are ${names}`
}
