import type { Command } from 'commander'
import type { Capture } from '../../store/capture.ts'
import { captureFolder } from '../../store/data-folder.ts'
import { CliError } from '../fail.ts'
import { holdKeys } from '../hold-keys.ts'
import { importOptions } from '../import-options.ts'
import type { ImportFlags } from '../importing/open-files.ts'
import { json } from '../json-option.ts'
import { addOptions, opensScreen, proxyOptions, type ScreenFlags, screenOptions } from '../options.ts'
import { keepingPace, print, printJson } from '../stdout.ts'

type OpenFlags = ScreenFlags & ImportFlags & { readonly json?: boolean }

/** `parley open FILE...`: an earlier capture on the same screens, or what others recorded. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .description('show an earlier capture, or what others recorded; without a terminal, one line per flow')
    .argument(
      '[file...]',
      'captures, or names from the list, several as one; or .pcap, .pcapng and .har files; without one, list the captures',
    )
  addOptions(command, { ...importOptions, ...screenOptions, json, config: proxyOptions.config }).action(open)
}

async function open(names: readonly string[], flags: OpenFlags): Promise<void> {
  if (names.length === 0) return listThem(flags.json === true)
  const { openFiles, openWhole } = await import('../importing/open-files.ts')
  const onScreen = !flags.json && opensScreen(flags)
  const handOver = onScreen ? holdKeys() : undefined
  const { capture, importing, close } = await (onScreen ? openFiles : openWhole)(names, flags)
  try {
    if (onScreen) await (await import('../screen.ts')).runScreen(capture, { ...flags, handOver, importing })
    else if (flags.json) await printJsonFlows(capture)
    else (await import('../print-flows.ts')).printFlows(capture, line => print(`${line}\n`))
  } finally {
    await close()
  }
}

/** The captures of the data folder, newest first. */
async function listThem(asJson: boolean): Promise<void> {
  const { captureLines, capturesJson } = await import('../captures.ts')
  const { openCapture } = await import('../../store/capture.ts')
  if (asJson) {
    for (const each of capturesJson(openCapture)) printJson(each)
    return
  }
  const lines = captureLines(openCapture)
  if (lines.length === 0) throw new CliError(`no captures in ${captureFolder()} yet`)
  for (const line of lines) print(`${line}\n`)
}

async function printJsonFlows(capture: Capture): Promise<void> {
  const { fittingFlows } = await import('../fitting-flows.ts')
  const { flowJson } = await import('../../view/json/flow-json.ts')
  for (const flow of fittingFlows(capture)) {
    printJson(flowJson(flow))
    await keepingPace()
  }
}
