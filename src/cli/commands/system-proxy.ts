import type { Command } from 'commander'
import type { SystemProxy } from '../../launch/system-proxy/system-proxy.ts'
import { printableLines } from '../../view/printable.ts'
import { CliError, usageExitCode } from '../fail.ts'
import { json } from '../json-option.ts'
import type { ListenAddress } from '../option-values.ts'
import { addOptions, proxyOptions } from '../options.ts'
import { print, printJson } from '../stdout.ts'

interface Flags {
  readonly listen: ListenAddress
  readonly json?: boolean
}
type Words = typeof import('../system-proxy.ts')

/** `parley system-proxy on|off|status`: whether the programs of this machine go through Parley. */
export function addSystemProxy(program: Command): void {
  const parent = program
    .command('system-proxy')
    .description('send the programs of this machine through Parley, or no longer')
  const add = (name: string, says: string, act: (words: Words, proxy: SystemProxy, flags: Flags) => string): void => {
    const { listen, config } = proxyOptions
    const options =
      name === 'on' ? { listen: { ...listen, says: 'where Parley listens' }, config, json } : { config, json }
    addOptions(parent.command(name).description(says), options).action(async (flags: Flags) => {
      const { openJournal, undoLeftBehind } = await import('../open-journal.ts')
      const { SystemProxy } = await import('../../launch/system-proxy/system-proxy.ts')
      await undoLeftBehind()
      const words = await import('../system-proxy.ts')
      const proxy = new SystemProxy(openJournal())
      const said = act(words, proxy, flags)
      if (flags.json) printJson(words.statusJson(proxy))
      else print(`${printableLines(said).join('\n')}\n`)
    })
  }
  add('on', 'make Parley the proxy of the system until it is turned off', (words, proxy, { listen }) => {
    if (listen.port === 0) throw new CliError('--listen: give the port where Parley listens.', usageExitCode)
    return `the system proxy is ${words.turnOn(proxy, listen)} until "parley system-proxy off"; it takes a Parley that listens there`
  })
  add('off', 'set what was there before', (words, proxy) => words.turnOff(proxy))
  add('status', 'print what the proxy of the system is, and who has set it', (words, proxy) =>
    words.status(proxy).join('\n'),
  )
}
