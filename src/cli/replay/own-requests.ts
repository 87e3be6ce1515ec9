import type { ExchangeId } from '../../model/exchange.ts'
import type { Answered } from '../../proxy/own/whole-answer.ts'
import type { Came, OwnRequests } from '../../tui/actions.ts'
import { counted, formatDuration } from '../../view/format.ts'
import { percentile } from '../../view/percentile.ts'
import type { SendAsk } from '../threads/asks.ts'
import { usuallyIgnored } from './answer-differences.ts'
import { askOf, type KeptRequests, type Repeated } from './ask-of.ts'
import { type Repetition, replayFlow } from './replay-flow.ts'
import { countBy } from './replay-report.ts'
import { emptyText, readRequestText, requestText } from './request-text.ts'

const patience = 120_000 // ms for one answer: a person waits, and may look at others meanwhile
const ignored = new Set(usuallyIgnored)

/** What a person at the screen sends: flows of the capture again, edited ones, new ones. */
export function ownRequests(capture: KeptRequests, send: SendAsk): OwnRequests {
  /** Texts that could not be read, or whose request could not be sent, by flow: nobody types them twice. */
  const drafts = new Map<ExchangeId | undefined, Uint8Array>()
  const baseOf = (flow: ExchangeId | undefined): Repeated | undefined => {
    const made = flow === undefined ? undefined : askOf(capture, flow)
    if (typeof made === 'string') throw new Error(made)
    return made
  }
  return {
    async repeat(flow, times, atOnce) {
      const how = { send, times, atOnce, timeout: patience, ignored, change: (request: Repeated) => request }
      const done = await replayFlow(capture, flow, { ...how, signal: new AbortController().signal })
      if (typeof done !== 'object') return { text: done ?? nothingRuns, good: false }
      const [first] = done.repetitions
      if (!first) return { text: nothingRuns, good: false }
      if (done.repetitions.length === 1) return sayOne(first, flow)
      return sayMany(done.repetitions, flow)
    },
    text(flow) {
      const base = baseOf(flow)
      const bytes = drafts.get(flow) ?? (base ? requestText(base) : emptyText)
      return { name: `${flow === undefined ? 'new' : `flow-${flow}`}-request.http`, bytes }
    },
    async send(text, flow) {
      drafts.set(flow, text)
      const request = readRequestText(text, baseOf(flow))
      const answered = await send({ ...request, timeout: patience, keep: 0 })
      if (answered?.problem?.code !== 'own/bad-request') drafts.delete(flow)
      if (!answered) return { text: nothingRuns, good: false }
      const what = answered.problem ? 'Your request' : 'Sent'
      return sayAnswered(flow === undefined ? what : `#${flow} changed`, answered)
    },
  }
}

const nothingRuns = 'Nothing runs that could send it.'

function sayOne({ answered, differences }: Repetition, flow: ExchangeId): Came {
  const came = sayAnswered(`#${flow} again`, answered)
  if (answered.problem) return came
  if (differences.length === 0) return { ...came, text: `${came.text}, as recorded.` }
  const [what, more] = [differences[0]!.what, differences.length - 1]
  return {
    ...came,
    text: `${came.text}; another ${what}${more > 0 ? ` and ${more} more` : ''} than recorded. D on it compares.`,
  }
}

function sayAnswered(what: string, { head, problem, endedAfter }: Answered): Came {
  if (problem) return { text: `${what}: ${problem.message}.`, good: false }
  return { text: `${what}: ${head!.status} in ${formatDuration(endedAfter)}`, good: true }
}

/** Statuses, times and how many answers are others than the recorded one, and than each other. */
function sayMany(all: readonly Repetition[], flow: ExchangeId): Came {
  const words = [...countBy(all.map(({ answered: { head, problem } }) => (problem ? 'failed' : String(head!.status))))]
  const times = all.filter(({ answered }) => !answered.problem).map(({ answered }) => answered.endedAfter)
  const [half, most] = [percentile(times, 50), percentile(times, 95)]
  const took = half === undefined ? '' : `; p50 ${formatDuration(half)}, p95 ${formatDuration(most!)}`
  const different = all.filter(({ differences }) => differences.length > 0).length
  const kinds = new Set(all.map(({ answered }) => answered.digest)).size
  const bodies = kinds > 1 ? `, ${counted(kinds, 'body').replace(/bodys$/, 'bodies')}` : ''
  const compared = different === 0 ? '; all as recorded' : `; ${different} not as recorded`
  const statuses = words.map(([status, count]) => `${count} × ${status}`).join(', ')
  return {
    text: `#${flow} again: ${statuses}${bodies}${took}${compared}.`,
    good: !words.some(([word]) => word === 'failed'),
  }
}
