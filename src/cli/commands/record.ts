import type { Command } from 'commander'
import { note } from '../fail.ts'
import { addOptions, type ProxyFlags, proxyOptions, type SystemFlags, systemOptions } from '../options.ts'

type RecordFlags = ProxyFlags & SystemFlags & { readonly save?: string }

/** `parley record`: the proxy and the capture file, and nothing on the screen. */
export function addRecord(program: Command): void {
  const command = program
    .command('record')
    .description('record without a screen until Ctrl-C or SIGTERM')
    .option('--save <file>', 'the same as --capture')
  addOptions(command, { ...proxyOptions, ...systemOptions }).action(async (flags: RecordFlags) => {
    const { endSignal, startRun } = await import('../running.ts')
    const { runOptions } = await import('../run-options.ts')
    const { noteListening } = await import('../note-listening.ts')
    const asked = endSignal() // before there is anything to save
    const own = flags.save === undefined ? flags : { ...flags, capture: flags.save }
    const run = await startRun(runOptions(own, {}, 'record'), flags)
    noteListening(run)
    await asked
    await run.close()
    note(`capture saved to ${run.capturePath}`)
  })
}
