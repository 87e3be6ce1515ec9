import { constants } from 'node:os'
import type { Command } from 'commander'
import { runChecks } from '../../doctor/checks.ts'
import { type FindingGroup, isWell } from '../../doctor/finding.ts'
import { reportJson, reportLines } from '../../doctor/report.ts'
import { terminalStyle } from '../print-connection.ts'
import { endSignal } from '../running.ts'
import { print } from '../stdout.ts'
import type { DoctorFlags } from './flags.ts'
import { sendPrograms } from './send-programs.ts'
import { readConfig, surroundings } from './surroundings.ts'

const usualColumns = 100

/** Runs every check and prints what it found. The exit code says whether all is well. */
export async function examine(command: Command): Promise<void> {
  const config = await readConfig(command)
  const flags: DoctorFlags = command.opts()
  const here = await surroundings(flags, config)
  const groups: FindingGroup[] = [...(await runChecks(here))]
  if (!flags.quick) {
    const stop = new AbortController()
    void endSignal().then(name => {
      process.exitCode = 128 + constants.signals[name]
      stop.abort()
    })
    const findings = await sendPrograms(here, stop.signal)
    if (stop.signal.aborted) return
    groups.push({ title: 'Programs, sent through Parley', findings })
  }
  if (flags.json) print(reportJson(groups))
  else print(`${reportLines(groups, process.stdout.columns ?? usualColumns, terminalStyle()).join('\n')}\n`)
  process.exitCode = isWell(groups) ? 0 : 1
}
