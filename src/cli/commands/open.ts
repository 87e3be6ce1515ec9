import type { Command } from 'commander'
import { captureFolder } from '../../store/data-folder.ts'
import { CliError } from '../fail.ts'
import { holdKeys } from '../hold-keys.ts'
import { addOptions, opensScreen, proxyOptions, type ScreenFlags, screenOptions } from '../options.ts'
import { print } from '../stdout.ts'

/** `parley open FILE`: an earlier capture on the same screens. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .description('show an earlier capture; without a terminal, one line per flow')
    .argument('[capture]', 'capture file, or a name from the list; without one, list the captures')
  addOptions(command, { ...screenOptions, config: proxyOptions.config }).action(
    async (name: string | undefined, flags: ScreenFlags) => {
      if (name === undefined) return listThem()
      const onScreen = opensScreen(flags)
      const handOver = onScreen ? holdKeys() : undefined
      const capture = (await import('../open-capture.ts')).openNamed(name)
      try {
        if (onScreen) await (await import('../screen.ts')).runScreen(capture, { ...flags, handOver })
        else (await import('../print-flows.ts')).printFlows(capture, line => print(`${line}\n`))
      } finally {
        capture.close()
      }
    },
  )
}

/** The captures of the data folder, newest first. */
async function listThem(): Promise<void> {
  const { captureLines } = await import('../captures.ts')
  const { openCapture } = await import('../../store/capture.ts')
  const lines = captureLines(openCapture)
  if (lines.length === 0) throw new CliError(`no captures in ${captureFolder()} yet`)
  for (const line of lines) print(`${line}\n`)
}
