import { unusedProxySaid } from '../problem/from-system.ts'
import type { LiveFlags } from './export/live-options.ts'
import { CliError, note, usageExitCode } from './fail.ts'
import { showListen } from './option-values.ts'
import type { RuleWishes } from './rule-wishes.ts'
import { openRun, type Run, type RunOptions } from './run.ts'
import { RunError } from './run-error.ts'
import { onClosedPipe } from './stdout.ts'

type StartFlags = Partial<LiveFlags> & { readonly systemProxy?: boolean | undefined }

/** Opens a run, and sends the programs of this machine to it where that is asked; what hinders it is said with what to do. */
export async function startRun(options: RunOptions, flags: StartFlags = {}): Promise<Run> {
  const { systemProxy } = flags
  if (options.setup && !options.proxy.transparent)
    throw new CliError('--setup sets the rules of --transparent, which is not given', usageExitCode)
  try {
    const rules = options.rules && (await openRules(options.rules))
    const run = await telling(await openRun(options, rules?.sources), options)
    rules?.watch(run)
    run.onTrouble(({ message }) => note(message))
    const { unusedProxy } = options.proxy
    if (unusedProxy !== undefined) {
      note(unusedProxySaid(unusedProxy))
      run.log(unusedProxySaid(unusedProxy))
    }
    const leftBehind = import('./open-journal.ts').then(({ undoLeftBehind }) => undoLeftBehind()) // beside what is asked for
    const { transparent } = options.proxy
    if (!systemProxy && !transparent) return await exporting(run, flags)
    await leftBehind
    const led = transparent
      ? await (await import('./transparent.ts')).withRedirect(run, transparent, options.setup === true)
      : run
    return exporting(systemProxy ? await (await import('./system-proxy.ts')).withSystemProxy(led) : led, flags)
  } catch (error) {
    if (!(error instanceof RunError)) throw error
    const asTyped = error.code === 'OPEN_TO_OTHERS' || error.code.startsWith('script/')
    throw new CliError(explain(error, options), asTyped ? usageExitCode : 1, error.remedy)
  }
}

/** What tells a collector is loaded only where there is one. */
async function telling(run: Run, { otlp }: RunOptions): Promise<Run> {
  return otlp === undefined ? run : (await import('./with-telemetry.ts')).withTelemetry(run, otlp)
}

/** The files of --export are opened last: what hinders them ends the run. */
async function exporting(run: Run, { export: wishes = [], redact }: StartFlags): Promise<Run> {
  if (wishes.length === 0) {
    if (redact !== undefined) note('--redact is for what --export writes: the capture has everything')
    return run
  }
  try {
    return await (await import('./export/live-exports.ts')).withExports(run, { export: wishes, redact })
  } catch (error) {
    await run.close()
    throw error
  }
}

/** What reads and watches rules is loaded only where there are some. */
async function openRules(wishes: RuleWishes) {
  const { readRules, watchRules } = await import('./rules.ts')
  const { file } = wishes
  return {
    sources: readRules(wishes),
    watch(run: Run): void {
      if (file === undefined) return
      const say = (text: string): void => {
        run.log(text)
        note(text)
      }
      watchRules({ ...wishes, file }, rules => run.setRules(rules), say)
    },
  }
}

function explain({ code, message }: RunError, { proxy }: RunOptions): string {
  const own = showListen(proxy.listen)
  const others = proxy.reverse?.length || proxy.transparent
  const where = (others && /\S+:\d+$/.exec(message)?.[0]) || own // Node says last which one it was
  const instead = where === own ? '--listen HOST:PORT' : '--reverse or --transparent'
  if (code === 'EADDRINUSE') return `${where} is in use by another program; choose another address with ${instead}`
  if (code === 'EACCES')
    return `${where}: permission denied (ports below 1024 need privileges); choose another with ${instead}`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${where} is not an address of this machine; choose another with ${instead}`
  if (code === 'OPEN_TO_OTHERS')
    return `${where} can be reached from other machines: say who may use the proxy with --allow CIDR or --auth USER:PASS`
  return message
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Resolves on the first signal that asks the program to end, or when nobody reads stdout any more. A second signal ends it at once. */
export function endSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    onClosedPipe(() => resolve('SIGPIPE'))
    const ended = (signal: NodeJS.Signals): void => {
      for (const ending of endings) process.off(ending, ended)
      resolve(signal)
    }
    for (const ending of endings) process.on(ending, ended)
  })
}
