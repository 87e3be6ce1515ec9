import type { Command } from 'commander'
import { openCapture } from '../../store/capture.ts'
import { CliError, note } from '../fail.ts'
import { FlowLines } from '../lines.ts'
import { type ProxyFlags, sessionOptions, showListen, withProxyOptions } from '../options.ts'
import { endSignal, startSession } from '../running.ts'
import { runScreen } from '../screen.ts'
import { type ScreenFlags, withScreenOptions } from '../screen-options.ts'

const lastCommit = 100 // ms: what has ended by then is in the capture

type StartFlags = ProxyFlags & ScreenFlags

/** `parley`: the proxy, with the screen where there is a terminal. */
export function addStart(program: Command): void {
  withScreenOptions(withProxyOptions(program), 'print one line per flow instead of the screen')
    .allowExcessArguments()
    .action(async (flags: StartFlags) => {
      const [unknown] = program.args
      if (unknown !== undefined) throw new CliError(noCommand(unknown, program))
      const session = await startSession(sessionOptions(flags))
      if (flags.tui && process.stdout.isTTY && process.stdin.isTTY) await runScreen(session, flags)
      else {
        const capture = openCapture(session.capturePath)
        const lines = new FlowLines(capture, line => process.stdout.write(`${line}\n`))
        const stop = session.onChange(changes => lines.show(changes))
        const asked = endSignal() // before anybody is told that it runs
        note(`listening on ${showListen(session)}, writing ${session.capturePath}`)
        note(`try: curl -x http://${showListen(session)} --cacert "$(parley ca path)" https://example.com/`)
        await asked
        await new Promise(resolve => setTimeout(resolve, lastCommit))
        stop()
        capture.close() // before the writer, so that it can fold the log into one file
      }
      await session.close()
      note(`capture kept in ${session.capturePath}; see it again with: parley open ${session.capturePath}`)
    })
}

function noCommand(word: string, { commands }: Command): string {
  const names = commands.map(command => command.name()).join(', ')
  return `there is no command ${word}; the commands are ${names}`
}
