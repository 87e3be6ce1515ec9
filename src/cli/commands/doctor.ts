import type { Command } from 'commander'
import { doctorOptions } from '../doctor/flags.ts'
import { addOptions } from '../options.ts'
import { printed } from '../stdout.ts'

/** `parley doctor`: what on this machine is in the way of traffic, and what mends it. */
export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('look for what keeps programs of this machine from going through Parley')
  addOptions(command, doctorOptions).action(async () => {
    const { examine } = await import('../doctor/examine.ts')
    await examine(command)
    await printed()
    process.exit() // Node would free the origin's TLS with code of the engine's thread, which is unloaded by then
  })
}
