import type { Command } from 'commander'
import type { Capture } from '../../store/capture.ts'
import { importOptions } from '../import-options.ts'
import { addOptions, type FlagsOf, gathered, toggle } from '../options.ts'
import { keepingPace, print, printJson } from '../stdout.ts'

const compareOptions = {
  keylog: importOptions.keylog,
  json: toggle('--json', 'print JSON, one difference a line'),
  ignore: gathered(
    '--ignore <name>',
    'do not compare this header, or this aspect as --json names it: upstream-ja4',
    (name, before) => [...before, name.toLowerCase()],
    [] as readonly string[],
  ),
  strict: toggle('--strict', 'compare what is another in each run as well: dates, request ids, leaves of Parley, JA3'),
}
type CompareFlags = FlagsOf<typeof compareOptions>

/** `parley compare A B [FILTER]`: what differs between two captures, for CI. */
export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('tell what differs in two captures: connections paired by host, flows by method and URL')
    .argument('<first>', 'capture file, a name that parley open lists, or a .pcap, .pcapng or .har file')
    .argument('<second>', 'the other one')
    .argument('[filter...]', 'only flows that fit, with their connections: ~d example.com')
    .addHelpText('after', compareHelp)
  addOptions(command, compareOptions).action(compare)
}

export const compareHelp = `
Exit codes: 0 no difference, 1 some, 2 a filter or option cannot be read, 3 a capture cannot be read. How many connections
a client opens to one host is no difference.`

async function compare(first: string, second: string, words: readonly string[], flags: CompareFlags): Promise<void> {
  const { readFilter } = await import('../fitting-flows.ts')
  const { withCapture } = await import('../with-capture.ts')
  const filter = words.length === 0 ? undefined : readFilter(words.join(' '), 'the filter: ')
  const ignored = { names: new Set(flags.ignore), strict: flags.strict ?? false }
  const options = { filter, ignored, json: flags.json ?? false }
  const same = await withCapture(first, flags, left => withCapture(second, flags, right => tell(left, right, options)))
  process.exitCode = same ? 0 : 1
}

type Options = import('../compare/compare-captures.ts').CompareOptions & { readonly json: boolean }

/** Prints each finding as it is made, and the sum. Whether there is no difference. */
async function tell(left: Capture, right: Capture, options: Options): Promise<boolean> {
  const { compareCaptures } = await import('../compare/compare-captures.ts')
  const { count, findingJson, findingLines, isSame, nothingCounted, sumJson, sumLine } = await import(
    '../compare/report.ts'
  )
  let found = nothingCounted
  const findings = compareCaptures(left, right, options)
  for (;;) {
    const { done, value } = findings.next()
    if (done) {
      const sum = { ...value, ...found }
      if (options.json) printJson(sumJson(left.info().path, right.info().path, sum))
      else print(`${sumLine(sum)}\n`)
      return isSame(found)
    }
    found = count(found, value)
    if (options.json) printJson(findingJson(value))
    else print(`${findingLines(value).join('\n')}\n`)
    await keepingPace()
  }
}
