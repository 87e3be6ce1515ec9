import type { Command } from 'commander'
import { note } from '../fail.ts'
import { type ProxyFlags, sessionOptions, showListen, withProxyOptions } from '../options.ts'
import { endSignal, startSession } from '../running.ts'

/** `parley record`: the proxy and the capture file, and nothing on the screen. */
export function addRecord(program: Command): void {
  const command = program
    .command('record')
    .description('record without a screen, until Ctrl-C or SIGTERM')
    .option('--save <file>', 'the same as --capture')
  withProxyOptions(command).action(async (flags: ProxyFlags & { readonly save?: string }) => {
    const session = await startSession(
      sessionOptions(flags.save === undefined ? flags : { ...flags, capture: flags.save }),
    )
    const asked = endSignal() // before anybody is told that it runs
    note(`listening on ${showListen(session)}, writing ${session.capturePath}`)
    await asked
    await session.close()
    note(`capture kept in ${session.capturePath}`)
  })
}
