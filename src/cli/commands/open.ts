import type { Command } from 'commander'
import { openCapture } from '../../store/capture.ts'
import { printFlows } from '../print-flows.ts'
import { runScreen } from '../screen.ts'

/** `parley open FILE`: an earlier capture on the same screens. */
export function addOpen(program: Command): void {
  program
    .command('open')
    .description('show an earlier capture; without a terminal, one line per flow')
    .argument('<capture>', 'capture file')
    .option('--no-tui', 'print one line per flow instead of the screen')
    .action(async (path: string, { tui }: { tui: boolean }) => {
      const capture = openCapture(path)
      try {
        if (tui && process.stdout.isTTY && process.stdin.isTTY) await runScreen(capture)
        else printFlows(capture, line => process.stdout.write(`${line}\n`))
      } finally {
        capture.close()
      }
    })
}
