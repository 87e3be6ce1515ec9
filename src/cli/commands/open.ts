import type { Command } from 'commander'
import { captureFolder, listCaptures } from '../../store/capture-files.ts'
import { printable } from '../../view/printable.ts'
import { CliError } from '../fail.ts'
import { addOptions, opensScreen, proxyOptions, type ScreenFlags, screenOptions } from '../options.ts'
import { print } from '../stdout.ts'

/** `parley open FILE`: an earlier capture on the same screens. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .description('show an earlier capture; without a terminal, one line per flow')
    .argument('[capture]', 'capture file; without one, list the captures')
  addOptions(command, { ...screenOptions, config: proxyOptions.config }).action(
    async (path: string | undefined, flags: ScreenFlags) => {
      if (path === undefined) return listThem()
      const { openCapture } = await import('../../store/capture.ts')
      const { decodedBody } = await import('../../view/body/decoded.ts')
      const { inflatedMessages } = await import('../../view/frames/websocket-inflate.ts')
      const capture = openCapture(path, { decode: { body: decodedBody, messages: inflatedMessages } })
      try {
        if (opensScreen(flags)) await (await import('../screen.ts')).runScreen(capture, flags)
        else (await import('../print-flows.ts')).printFlows(capture, line => print(`${line}\n`))
      } finally {
        capture.close()
      }
    },
  )
}

/** The captures of the data folder, newest first, as paths that can be pasted. */
function listThem(): void {
  const paths = listCaptures()
  if (paths.length === 0) throw new CliError(`no captures in ${captureFolder()} yet`)
  for (const path of paths) print(`${printable(path)}\n`)
}
