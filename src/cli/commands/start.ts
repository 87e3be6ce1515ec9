import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { type LiveFlags, liveOptions, withKeyLog } from '../export/live-options.ts'
import { CliError, note, usageExitCode } from '../fail.ts'
import { holdKeys } from '../hold-keys.ts'
import {
  addOptions,
  opensScreen,
  type ProxyFlags,
  proxyOptions,
  type ScreenFlags,
  type SystemFlags,
  screenOptions,
  systemOptions,
  toggle,
} from '../options.ts'

const json = toggle('--json', 'print what happens as JSON, one event a line, instead of opening the screen')
type StartFlags = ProxyFlags & SystemFlags & ScreenFlags & LiveFlags & { readonly json?: boolean }

/** `parley`: the proxy, with the screen where there is a terminal. */
export function addStart(program: Command): void {
  addOptions(program, { ...proxyOptions, ...systemOptions, ...liveOptions, ...screenOptions, json })
    .allowExcessArguments()
    .action(async (flags: StartFlags) => {
      const [unknown] = program.args
      if (unknown !== undefined) throw new CliError(await noCommand(unknown, program), usageExitCode)
      const onScreen = !flags.json && opensScreen(flags)
      const firstRun = !existsSync(flags.caDir) // the engine makes it
      const handOver = onScreen ? holdKeys() : undefined
      const { endSignal, startRun } = await import('../running.ts')
      const { runOptions } = await import('../run-options.ts')
      const asked = endSignal() // before there is anything to save
      const starting = startRun(runOptions(withKeyLog(flags)), flags)
      // what shows it is loaded while the threads start, not before: an import runs until all is loaded
      const loading = onScreen
        ? import('../screen.ts').then(({ runScreen }) => runScreen)
        : flags.json
          ? import('../events/print-events.ts').then(({ printEvents }) => printEvents)
          : import('../lines.ts').then(({ printLines }) => printLines)
      const [run, show] = await Promise.all([starting, loading])
      await show(run, { ...flags, handOver, firstRun }, asked)
      await run.close()
      const { commandShape } = await import('../command-shape.ts')
      const command = commandShape({ environment: process.env, argv: process.argv })
      note(`capture saved to ${run.capturePath}; to see it again: ${command} open ${run.capturePath}`)
    })
}

async function noCommand(word: string, { commands }: Command): Promise<string> {
  const { nearest } = await import('../nearest.ts')
  const names = commands.map(command => command.name()).filter(name => name !== 'complete')
  const meant = nearest(word, names)
  const guess = meant === undefined ? '' : `. Did you mean ${meant}?`
  return `no such command: ${word}; the commands are ${names.join(', ')}${guess}`
}
