import type { Command } from 'commander'
import { openCapture } from '../../store/capture.ts'
import { decodedBody } from '../../view/body/decoded.ts'
import { printFlows } from '../print-flows.ts'
import { runScreen } from '../screen.ts'
import { type ScreenFlags, withScreenOptions } from '../screen-options.ts'

/** `parley open FILE`: an earlier capture on the same screens. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .description('show an earlier capture; without a terminal, one line per flow')
    .argument('<capture>', 'capture file')
  withScreenOptions(command, 'print one line per flow instead of the screen').action(
    async (path: string, flags: ScreenFlags) => {
      const capture = openCapture(path, { decode: decodedBody })
      try {
        if (flags.tui && process.stdout.isTTY && process.stdin.isTTY) await runScreen(capture, flags)
        else printFlows(capture, line => process.stdout.write(`${line}\n`))
      } finally {
        capture.close()
      }
    },
  )
}
