import { constants } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import type { ExchangeId } from '../../model/exchange.ts'
import type { Ask } from '../../proxy/own/whole-answer.ts'
import type { Capture } from '../../store/capture.ts'
import { CliError, note } from '../fail.ts'
import { readSeconds } from '../option-values.ts'
import { addOptions, besideProxy, type FlagsOf, gathered, optional, single, toggle } from '../options.ts'
import type { ReplayHow } from '../replay/replay-flow.ts'
import { readServer } from '../replay/to-server.ts'
import { keepingPace, print } from '../stdout.ts'

const replayOptions = {
  json: toggle('--json', 'print JSON, one flow a line'),
  to: optional('--to <url>', 'send them to this server instead: scheme, host and port', readTo),
  times: single('-n, --times <number>', 'send each so many times', readCount, '1'),
  concurrency: single('-c, --concurrency <number>', 'send so many at a time', readCount, '1'),
  ignore: gathered('--ignore <header>', 'do not compare this header', addName, [] as readonly string[]),
  strict: toggle('--strict', 'compare every header, dates and request ids as well'),
  maxTime: single('-m, --max-time <seconds>', 'give up on an answer after this long', readSeconds, '30'),
  ...besideProxy,
}
type ReplayFlags = FlagsOf<typeof replayOptions>

/** `parley replay CAPTURE [FILTER]`: sends requests of a capture again, and says what is answered otherwise. */
export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description(
      'send requests of a capture again, as they were, and tell what is answered otherwise; 1 if anything is',
    )
    .argument('<capture>', 'capture file, or a name that parley open lists')
    .argument('[filter...]', 'only flows that fit: ~d example.com & ~m GET')
  addOptions(command, replayOptions).action(replay)
}

function readTo(text: string): Ask['server'] {
  try {
    return readServer(text)
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`)
  }
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('give a whole number from 1 to 999999.')
  return Number(text)
}

function addName(name: string, before: readonly string[]): readonly string[] {
  return [...before, name.toLowerCase()]
}

async function replay(name: string, words: readonly string[], flags: ReplayFlags): Promise<void> {
  const { openWhole } = await import('../importing/open-files.ts')
  const { endSignal, startRun } = await import('../running.ts')
  const { runOptions } = await import('../run-options.ts')
  const { capture, close } = await openWhole([name], {})
  try {
    const flows = await fitting(capture, words.join(' '))
    if (flows.length === 0) throw new CliError(`no request in ${capture.info().path} fits`)
    const stopping = new AbortController()
    let signal: NodeJS.Signals | undefined
    void endSignal().then(ending => {
      signal = ending
      stopping.abort()
    })
    const run = await startRun(runOptions(flags, {}, 'trace'))
    const how = await howOf(flags, run.send, stopping.signal)
    const same = await replayAll(capture, flows, how, flags).finally(() => run.close())
    note(`what was sent is in ${run.capturePath}`)
    process.exitCode = signal ? 128 + constants.signals[signal] : same ? 0 : 1
  } finally {
    await close()
  }
}

async function howOf(flags: ReplayFlags, send: ReplayHow['send'], signal: AbortSignal): Promise<ReplayHow> {
  const { usuallyIgnored } = await import('../replay/answer-differences.ts')
  const { toServer } = await import('../replay/to-server.ts')
  const { to, times, concurrency: atOnce, maxTime: timeout, strict, ignore } = flags
  const ignored = new Set([...(strict ? [] : usuallyIgnored), ...ignore])
  return { send, times, atOnce, timeout, ignored, signal, change: request => (to ? toServer(request, to) : request) }
}

/** Whether everything was answered as recorded. What is sent side by side is told as it is answered. */
async function replayAll(
  capture: Capture,
  flows: readonly ExchangeId[],
  how: ReplayHow,
  flags: ReplayFlags,
): Promise<boolean> {
  const { replayFlow } = await import('../replay/replay-flow.ts')
  const { isSame, replayJson, replayLines, replaySummary } = await import('../replay/replay-report.ts')
  const { inParallel } = await import('../replay/in-parallel.ts')
  const { jsonText } = await import('../../view/printable.ts')
  const told = { repeated: 0, different: 0, skipped: 0 }
  await inParallel(flows, how.times > 1 ? 1 : how.atOnce, async flow => {
    const replayed = how.signal.aborted ? undefined : await replayFlow(capture, flow, how)
    if (replayed === undefined) return
    if (typeof replayed === 'string') {
      told.skipped++
      return note(replayed)
    }
    told.repeated++
    if (!replayed.repetitions.every(isSame)) told.different++
    print(flags.json ? `${jsonText(replayJson(replayed))}\n` : `${replayLines(replayed).join('\n')}\n`)
    await keepingPace()
  })
  if (!flags.json) print(`${replaySummary(told)}\n`)
  return told.repeated > 0 && told.different === 0
}

async function fitting(capture: Capture, text: string): Promise<readonly ExchangeId[]> {
  const { fittingFlows, readFilter } = await import('../fitting-flows.ts')
  const filter = text === '' ? undefined : readFilter(text, 'the filter: ')
  return Array.from(fittingFlows(capture, filter))
    .filter(({ kind }) => kind === 'exchange')
    .map(({ id }) => id)
}
