import { type Command, InvalidArgumentError } from 'commander'
import type { Expectation } from '../../filter/expectation.ts'
import { CliError, unreadableExitCode, usageExitCode } from '../fail.ts'
import { importOptions } from '../import-options.ts'
import { addOptions, type FlagsOf, optional, single, toggle } from '../options.ts'
import { print, printJson } from '../stdout.ts'

const assertOptions = {
  allowEmpty: toggle('--allow-empty', 'let "all" hold where there is no flow to judge'),
  most: single('--most <flows>', 'show so many of the flows against an expectation', readMost, '10'),
  keylog: importOptions.keylog,
  json: toggle('--json', 'print JSON'),
  github: toggle('--github', 'print an annotation for GitHub Actions for each that does not hold'),
  junit: optional('--junit <file>', 'write a JUnit report to this file as well', String),
}
type AssertFlags = FlagsOf<typeof assertOptions>

/** `parley assert CAPTURE 'EXPECTATION'...`: whether a capture is as expected, for CI. */
export function addAssert(program: Command): void {
  const command = program
    .command('assert')
    .description('judge what is expected of a capture, for CI')
    .argument('<capture>', 'capture file, a name that parley open lists, or a .pcap, .pcapng or .har file')
    .argument('<expectation...>', "'all ~d api.example are ~tls 1.3', 'no ~failed', 'some ~c 5xx', '~differs <= 2'")
    .addHelpText('after', assertHelp)
  addOptions(command, assertOptions).action(assertAll)
}

export const assertHelp = `
An expectation is one of
  all FILTER               every flow fits; without flows it does not hold (--allow-empty)
  all FILTER are FILTER    every flow that fits the first fits the second; at least one does (--allow-empty)
  no FILTER                no flow fits
  some FILTER              at least one fits
  FILTER <= N              so many fit; also < == >= >
with the filters of the list. A word of a URL such as all or are is put in quotes.

Exit codes: 0 all hold, 1 one does not, 2 an expectation or option cannot be read, 3 the capture cannot be read or the
report cannot be written.`

function readMost(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('give a number up to 99999.')
  return Number(text)
}

async function assertAll(name: string, texts: readonly string[], flags: AssertFlags): Promise<void> {
  if (flags.json && flags.github) throw new CliError('--json and --github both take stdout: give one', usageExitCode)
  const expectations = await readAll(texts)
  const { judge } = await import('../assert/judge.ts')
  const { annotations, holds, junit, reportJson, reportLines } = await import('../assert/reports.ts')
  const { withCapture } = await import('../with-capture.ts')
  const { allowEmpty = false, most } = flags
  const startedAt = performance.now()
  const verdict = await withCapture(name, flags, capture => ({
    capture: capture.info().path,
    judgements: expectations.map(expectation => judge(capture, expectation, { allowEmpty, most })),
  }))
  const seconds = (performance.now() - startedAt) / 1000
  if (flags.json) printJson(reportJson(verdict))
  else print(`${[...reportLines(verdict), ...(flags.github ? annotations(verdict) : [])].join('\n')}\n`)
  if (flags.junit !== undefined) await writeReport(flags.junit, junit(verdict, new Date(), seconds))
  process.exitCode = holds(verdict) ? 0 : 1
}

async function readAll(texts: readonly string[]): Promise<readonly Expectation[]> {
  const { parseExpectation } = await import('../../filter/expectation.ts')
  const { FilterError } = await import('../../filter/filter-error.ts')
  const { misread } = await import('../fitting-flows.ts')
  return texts.map(text => {
    try {
      return parseExpectation(text)
    } catch (error) {
      throw error instanceof FilterError ? new CliError(`'${text}': ${misread(error)}`, usageExitCode) : error
    }
  })
}

async function writeReport(path: string, text: string): Promise<void> {
  const { writeFileSync } = await import('node:fs')
  const { KeptFileError, refuseKeptFile } = await import('../../store/kept-file.ts')
  try {
    refuseKeptFile(path)
    writeFileSync(path, text)
  } catch (error) {
    if (error instanceof KeptFileError) throw new CliError(error.message, usageExitCode)
    throw new CliError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code})`, unreadableExitCode)
  }
}
