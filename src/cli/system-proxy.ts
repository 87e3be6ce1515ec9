import { JournalError } from '../launch/journal.ts'
import { type Address, SystemProxyError } from '../launch/system-proxy/desktop.ts'
import { knownDesktops } from '../launch/system-proxy/desktops.ts'
import { type Standing, SystemProxy } from '../launch/system-proxy/system-proxy.ts'
import { reachable } from '../model/host-and-port.ts'
import { CliError, note } from './fail.ts'
import { openJournal } from './open-journal.ts'
import { showListen } from './option-values.ts'
import type { Run } from './run.ts'

/** The run, with the programs of this machine sent to it until it is closed or the process ends. Throws CliError. */
export async function withSystemProxy(run: Run): Promise<Run> {
  const proxy = new SystemProxy(openJournal())
  try {
    note(`the system proxy is ${turnOn(proxy, run, process.pid)} until Parley ends`)
  } catch (error) {
    await run.close()
    throw error
  }
  const release = (): void => {
    process.off('exit', release)
    try {
      sayLeft(proxy.restore(proxy.touched.filter(({ owner }) => owner === process.pid)))
    } catch (error) {
      note(`the system proxy is still Parley's: ${(error as Error).message}; "parley system-proxy off" tries again`)
    }
  }
  process.on('exit', release)
  return {
    ...run,
    close() {
      release() // while what programs send still arrives
      return run.close()
    },
  }
}

/** Sets the system proxy, and answers with its address and where it is set. Throws CliError. */
export function turnOn(proxy: SystemProxy, listen: Address, owner?: number): string {
  const at = { host: reachable(listen.host), port: listen.port }
  const where = proxy.here.map(({ title }) => title).join(', ')
  if (where === '') throw new CliError(nowhere(showListen(at)))
  inWords(() => proxy.set(at, owner))
  return `${showListen(at)} (${where})`
}

/** Sets what was there before Parley, whoever runs. Answers with what happened. Throws CliError. */
export function turnOff(proxy: SystemProxy): string {
  return inWords(() => {
    const { touched } = proxy
    sayLeft(proxy.restore(touched))
    return touched.length === 0 ? 'the system proxy is not set by Parley' : 'the system proxy is what it was before'
  })
}

/** A line for each desktop. Throws CliError. */
export const status = (proxy: SystemProxy): readonly string[] => {
  const lines = inWords(() => proxy.standing()).map(lineOf)
  return lines.length > 0 ? lines : [`no settings that Parley knows are kept here (${titles()})`]
}

/** For programs: system-proxy.schema.json describes every member. Throws CliError. */
export const statusJson = (proxy: SystemProxy): object => ({ version: 1, desktops: inWords(() => proxy.standing()) })

function lineOf({ title, set, by }: Standing): string {
  if (!by) return `${title}: ${set}, not set by Parley`
  const until = by.owner === undefined ? '"parley system-proxy off"' : `process ${by.owner} ends`
  const changed = by.changed.length === 0 ? '' : `; changed since by somebody else: ${by.changed.join(', ')}`
  return `${title}: ${set}, set by Parley until ${until}${changed}`
}

function sayLeft(left: readonly string[]): void {
  if (left.length > 0) note(`left as somebody else has set it meanwhile: ${left.join(', ')}`)
}

const titles = (): string =>
  knownDesktops()
    .map(({ title }) => title)
    .join(', ')

const nowhere = (at: string): string =>
  `no proxy settings that Parley knows are kept here (${titles()}); give programs ${at} as their proxy, or http://${at}/proxy.pac`

function inWords<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SystemProxyError) throw new CliError(`the system proxy: ${error.message}`)
    throw error instanceof JournalError ? new CliError(error.message) : error
  }
}
