import type { Command } from 'commander'
import type { EndReason } from '../../view/json/event-json.ts'
import type { RecordingEnd } from '../events/recording-end.ts'
import type { Watched } from '../events/watch-run.ts'
import { liveOptions, withKeyLog } from '../export/live-options.ts'
import { note } from '../fail.ts'
import { readDuration, readFlows } from '../option-values.ts'
import { addOptions, type FlagsOf, optional, proxyOptions, systemOptions, toggle } from '../options.ts'
import type { Run } from '../run.ts'

const recordOptions = {
  save: optional('--save <file>', 'the same as --capture', String),
  for: optional('--for <time>', 'end after this long: 500ms, 10s, 5m, 1h', readDuration),
  until: optional('--until <filter>', 'end as soon as a flow that fits has ended', String),
  count: optional('--count <flows>', 'end as soon as so many flows have ended', readFlows),
  json: toggle('--json', 'print what happens as JSON, one event a line'),
  ...proxyOptions,
  ...systemOptions,
  ...liveOptions,
}
type RecordFlags = FlagsOf<typeof recordOptions>

/** `parley record`: the proxy and the capture file, and nothing on the screen. */
export function addRecord(program: Command): void {
  const command = program
    .command('record')
    .description('record without a screen until Ctrl-C or SIGTERM, or until it is enough')
  addOptions(command, recordOptions).action(record)
}

async function record(flags: RecordFlags): Promise<void> {
  const { endSignal, startRun } = await import('../running.ts')
  const { runOptions } = await import('../run-options.ts')
  const { noteListening } = await import('../note-listening.ts')
  const until = flags.until === undefined ? undefined : await readUntil(flags.until)
  const asked = endSignal() // before there is anything to save
  const own = flags.save === undefined ? flags : { ...flags, capture: flags.save }
  const run = await startRun(runOptions(withKeyLog(own), {}, 'record'), flags)
  const { recordingEnd } = await import('../events/recording-end.ts')
  const end = recordingEnd({ ...flags, until })
  const watching = flags.json || until || flags.count !== undefined
  const watched = watching ? await watch(run, end, flags.json === true) : undefined
  noteListening(run)
  const why = await Promise.race([
    asked.then(signal => ({ because: 'signal' as const, signal })),
    end.reached.then(because => ({ because })),
  ])
  end.cancel()
  await (watched?.close(why) ?? run.close())
  note(`${endSaid(why.because, flags)}capture saved to ${run.capturePath}`)
}

async function readUntil(text: string) {
  const { readFilter } = await import('../fitting-flows.ts')
  return readFilter(text, '--until: ')
}

/** What happens is heard for the end of the recording, and printed as JSON where that is asked for. */
async function watch(run: Run, end: RecordingEnd, json: boolean): Promise<Watched> {
  const { watchRun } = await import('../events/watch-run.ts')
  if (!json) return watchRun(run, { tell: end.hear })
  const { stdoutWatcher } = await import('../events/print-events.ts')
  return watchRun(run, {
    ...stdoutWatcher,
    tell(event, capture) {
      stdoutWatcher.tell(event, capture)
      end.hear(event, capture)
    },
  })
}

/** What ended the recording, where that was not a person; and what was not reached before. */
function endSaid(because: EndReason, { until, count }: RecordFlags): string {
  if (because === 'until') return 'a flow that fits --until has ended; '
  if (because === 'count') return 'as many flows as --count says have ended; '
  if (because !== 'for') return ''
  const missed = [until !== undefined && 'no flow fitted --until', count !== undefined && '--count was not reached']
  return `${['the time is over', ...missed.filter(Boolean)].join(', ')}; `
}
