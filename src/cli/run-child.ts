import { isatty } from 'node:tty'
import { openAuthority, trustStore } from '../../ca/index.ts'
import { writeChildFiles } from '../launch/child/child-files.ts'
import { relaySignals } from '../launch/child/relay-signals.ts'
import { type Shell, shellFor } from '../launch/child/shell.ts'
import { type Child, type ChildOptions, NotStarted, startChild } from '../launch/child/start-child.ts'
import { childVariables } from '../launch/child/variables.ts'
import { openPrivateFolder } from '../launch/private-folder.ts'
import { reachable } from '../model/host-and-port.ts'
import { trustedRoots } from '../proxy/leg/roots.ts'
import { removeCapture } from '../store/capture-files.ts'
import { jsonText } from '../view/printable.ts'
import { ChildLog } from './child-log.ts'
import { type LiveFlags, withKeyLog } from './export/live-options.ts'
import { CliError, note } from './fail.ts'
import { holdKeys } from './hold-keys.ts'
import { openJournal } from './open-journal.ts'
import { showListen } from './option-values.ts'
import { opensScreen, type ProxyFlags, type ScreenFlags } from './options.ts'
import type { Run } from './run.ts'
import { runOptions } from './run-options.ts'
import { summaryJson, summaryOf } from './run-summary.ts'
import { startRun } from './running.ts'

interface RunFlags extends ProxyFlags, LiveFlags, Pick<ScreenFlags, 'proto' | 'theme'> {
  readonly tui: boolean | undefined
  /** What came is said as JSON. */
  readonly json?: boolean | undefined
  /** Hosts that the command reaches by itself. */
  readonly except: readonly string[]
  /** Hands over what was typed before the screen was up. */
  readonly handOver?: (() => void) | undefined
}

/**
 * Runs a command, or a shell where there are no words, with everything it sends through a proxy of its own; then says
 * what came. Its exit code. Throws CliError where it cannot be started, with the exit code that a shell would give.
 */
export async function runChild(words: readonly string[], flags: RunFlags): Promise<number> {
  const onScreen = opensScreen({ ...flags, tui: flags.tui ?? false })
  const handOver = onScreen ? holdKeys() : undefined
  const passSignals = relaySignals([0, 1, 2].some(isatty))
  const folder = openPrivateFolder(openJournal())
  try {
    const run = await startRun(runOptions(withKeyLog(flags)), flags)
    try {
      const command = await prepared(words, flags, run, folder.path)
      return await ended(
        run,
        onScreen
          ? besideScreen(command, run, { ...flags, handOver }, passSignals)
          : inThisTerminal(command, passSignals),
        flags.json,
      )
    } finally {
      await run.close()
    }
  } finally {
    folder.remove()
  }
}

/** Waits for the command, ends the run and says what came. */
async function ended(run: Run, command: Promise<number>, json: boolean | undefined): Promise<number> {
  try {
    const exitCode = await command
    await run.close()
    if (json) process.stderr.write(`${jsonText(summaryJson(run.capturePath))}\n`)
    else for (const line of summaryOf(run.capturePath)) note(line)
    return exitCode
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error
    await run.close()
    removeCapture(run.capturePath) // it holds nothing
    throw new CliError(error.message, error.exitCode)
  }
}

type Prepared = Pick<ChildOptions, 'command' | 'args' | 'env'>
type PassSignals = (child: Child) => void

/** The command with its environment, and the files that this names. */
async function prepared(words: readonly string[], flags: RunFlags, run: Run, folder: string): Promise<Prepared> {
  const { certificatePem } = await openAuthority(flags.caDir)
  const roots = trustedRoots([...flags.upstreamCa, certificatePem])
    .map(pem => pem.trimEnd())
    .join('\n')
  const { env } = process
  const proxy = { host: reachable(run.host), port: run.port, credentials: flags.auth }
  const files = writeChildFiles(folder, { ...proxy, roots, trustStore: trustStore(roots), environment: env })
  const variables = childVariables({ ...proxy, except: flags.except, files }, env)
  const [command, ...args] = words
  if (command !== undefined) return { command, args, env: { ...env, ...variables } }
  const shell: Shell = isatty(0)
    ? shellFor(folder, variables, env)
    : { command: env.SHELL || '/bin/sh', args: [], variables: {} }
  note(`what this shell starts goes through Parley on ${showListen(run)}, until it exits`)
  return { ...shell, env: { ...env, ...variables, ...shell.variables } }
}

async function inThisTerminal(command: Prepared, passSignals: PassSignals): Promise<number> {
  const child = await startChild(command)
  passSignals(child)
  return child.ended
}

const longestEnd = 3000 // ms

/** The command's output goes to the event log. When the screen is left the command ends as well. */
async function besideScreen(command: Prepared, run: Run, flags: RunFlags, passSignals: PassSignals): Promise<number> {
  const log = new ChildLog(text => run.log(text))
  const child = await startChild({ ...command, heard: { stdout: log.hearing(), stderr: log.hearing() } })
  passSignals(child)
  void child.ended.then(code => run.log(`${command.command} ended with exit code ${code}`))
  const { runScreen } = await import('./screen.ts')
  await runScreen(run, { ...flags, tui: true })
  child.signal('SIGTERM')
  const last = setTimeout(() => child.signal('SIGKILL'), longestEnd)
  return child.ended.finally(() => clearTimeout(last))
}
