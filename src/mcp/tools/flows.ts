import { z } from 'zod'
import { parseFilter } from '../../filter/parser.ts'
import { readerOf } from '../../library/capture-reader.ts'
import type { BodySide } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import type { FlowRow } from '../../store/queries.ts'
import { bodyJson } from '../../view/json/body-json.ts'
import { inputs, type Tool, tool } from '../tool.ts'

const mostBody = 16 * 1024 * 1024 // bytes that are decoded for one page of it
const page = 12_000 // characters of a body

export const flowTools: readonly Tool[] = [
  tool({
    name: 'list_flows',
    title: 'List and filter flows',
    says: 'Requests with their answers, and connections that carried none or failed, in order, with what was agreed on both legs. Give a filter to find the ones that matter; "total" counts all that fit.',
    input: {
      capture: inputs.capture,
      filter: inputs.filter,
      after: inputs.after,
      limit: inputs.limit(100, 30),
      newest: z.boolean().default(false).describe('the newest first; then "after" leads to older ones'),
    },
    run({ capture: name, filter: text, after, limit, newest }, { captures, tell }) {
      const capture = captures.named(name)
      const filter = text === undefined ? {} : { filter: parseFilter(text) }
      const from = after === undefined ? {} : newest ? { before: after } : { after }
      const order = newest ? 'newest' : 'oldest'
      const rows = capture.flows({ ...filter, ...from, limit, order })
      const next = rows.length === limit ? rows.at(-1)!.id : undefined
      return tell({ total: capture.count(filter.filter), flows: rows.map(flowLine) }, { next })
    },
  }),
  tool({
    name: 'get_flow',
    title: 'Inspect one flow',
    says: 'A request and its answer: heads, the beginning of bodies, what rules did to it, what the server got otherwise, and problems. Times in ms since its connection opened.',
    input: { capture: inputs.capture, flow: inputs.flow },
    run({ capture: name, flow: id }, { captures, tell }) {
      const capture = captures.named(name)
      const row = rowOf(capture, id)
      return tell({ flow: flowLine(row), exchange: readerOf(capture).exchange(id) ?? null })
    },
  }),
  tool({
    name: 'get_body',
    title: 'Read a body',
    says: 'A body with its content codings undone, a page at a time; what is no text comes in base64.',
    input: {
      capture: inputs.capture,
      flow: inputs.flow,
      side: z.enum(['request', 'response', 'server-request', 'server-response']).default('response'),
      after: inputs.after,
    },
    run({ capture: name, flow: id, side, after = 0 }, { captures, tell }) {
      const capture = captures.named(name)
      const { value, whole, ...told } = bodyText(capture, id, side)
      const next = after + page < value.length ? after + page : undefined
      const from = { ...told, whole, characters: value.length, from: after }
      return tell({ ...from, text: value.slice(after, after + page) }, { next })
    },
  }),
]

/** Throws an Error where there is none. */
export function rowOf(capture: Capture, id: number): FlowRow {
  const [row] = capture.flows({ after: id - 1, before: id + 1, limit: 1 })
  if (!row) throw new Error(`the capture has no flow ${id}`)
  return row
}

/** A flow as a model reads it: without what is usual. */
function flowLine({ startedAt, problem, marked, state, ...row }: FlowRow): object {
  return {
    ...row,
    startedAt: new Date(startedAt).toISOString(),
    ...(state !== 'complete' && { state }),
    ...(problem && { problem }),
    ...(marked && { marked }),
  }
}

function bodyText(capture: Capture, id: number, side: BodySide) {
  const exchange = capture.exchange(id)
  if (!exchange) throw new Error(`flow ${id} is no request`)
  const of = side.startsWith('server-') ? (exchange.server === 'not-asked' ? undefined : exchange.server) : exchange
  const message = side.endsWith('request') ? of?.request : of?.response
  if (!message) throw new Error(`flow ${id} has no ${side}`)
  const { headers } = message.head
  const bytes = capture.body(id, side, 0, mostBody)
  const { text, base64, ...told } = bodyJson(bytes, headers, message.bodyBytes, capture.bodyProblem(id, side)?.message)
  return { ...told, value: text ?? base64 ?? '', encoding: text === undefined ? 'base64' : 'text' }
}
