import type { Command } from 'commander'
import { captureFolder } from '../../store/data-folder.ts'
import { CliError } from '../fail.ts'
import { holdKeys } from '../hold-keys.ts'
import { importOptions } from '../import-options.ts'
import type { ImportFlags } from '../importing/open-files.ts'
import { addOptions, opensScreen, proxyOptions, type ScreenFlags, screenOptions } from '../options.ts'
import { print } from '../stdout.ts'

/** `parley open FILE...`: an earlier capture on the same screens, or what others recorded. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .description('show an earlier capture, or packets that others captured; without a terminal, one line per flow')
    .argument(
      '[file...]',
      'capture, or a name from the list, or .pcap and .pcapng files; without one, list the captures',
    )
  addOptions(command, { ...importOptions, ...screenOptions, config: proxyOptions.config }).action(open)
}

async function open(names: readonly string[], flags: ScreenFlags & ImportFlags): Promise<void> {
  if (names.length === 0) return listThem()
  const { openFiles, openWhole } = await import('../importing/open-files.ts')
  const onScreen = opensScreen(flags)
  const handOver = onScreen ? holdKeys() : undefined
  const { capture, importing, close } = await (onScreen ? openFiles : openWhole)(names, flags)
  try {
    if (onScreen) await (await import('../screen.ts')).runScreen(capture, { ...flags, handOver, importing })
    else (await import('../print-flows.ts')).printFlows(capture, line => print(`${line}\n`))
  } finally {
    await close()
  }
}

/** The captures of the data folder, newest first. */
async function listThem(): Promise<void> {
  const { captureLines } = await import('../captures.ts')
  const { openCapture } = await import('../../store/capture.ts')
  const lines = captureLines(openCapture)
  if (lines.length === 0) throw new CliError(`no captures in ${captureFolder()} yet`)
  for (const line of lines) print(`${line}\n`)
}
