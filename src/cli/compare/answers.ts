import type { Exchange, ExchangeId } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import { answerDifferences, usuallyIgnored } from '../replay/answer-differences.ts'
import { recordedAnswer } from '../replay/recorded-answer.ts'
import type { Difference, Ignored } from './handshake-differences.ts'

type Source = Pick<Capture, 'exchange' | 'body'>

/** What differs between the answers to two requests: status, fields, body, and whether they came whole. */
export function recordedDifferences(
  left: { readonly capture: Source; readonly id: ExchangeId },
  right: { readonly capture: Source; readonly id: ExchangeId },
  ignored: Ignored,
): readonly Difference[] {
  const [was, is] = [recordedAnswer(left.capture, left.id), recordedAnswer(right.capture, right.id)]
  const [before, after] = [endOf(left.capture.exchange(left.id)), endOf(right.capture.exchange(right.id))]
  const fields = new Set([...(ignored.strict ? [] : usuallyIgnored), ...ignored.names])
  const answers = was && is ? answerDifferences(was, is, fields) : []
  const whether = !was === !is ? [] : [{ what: 'answer', ...textOf('was', was), ...textOf('is', is) }]
  const ends = before === after ? [] : [{ what: 'end', was: before, is: after }]
  return [...whether, ...answers, ...ends]
    .filter(({ what }) => !ignored.names.has(what))
    .map(({ what, ...values }) => ({ what, label: what, ...values }))
}

const textOf = (
  name: 'was' | 'is',
  answer: { readonly head: { readonly status: number } } | undefined,
): { readonly was?: string; readonly is?: string } => (answer ? { [name]: String(answer.head.status) } : {})

/** `whole`, or what ended it before that. */
function endOf(exchange: Exchange | undefined): string {
  if (!exchange) return 'not there'
  const { aborted, response, problems, upgraded } = exchange
  if (aborted?.how === 'cancelled') return 'cancelled'
  if (aborted) return problems.at(-1)?.code ?? aborted.why
  return response?.endedAt !== undefined || upgraded !== undefined ? 'whole' : 'running'
}
