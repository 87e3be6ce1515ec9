import type { Header } from '../../../model/exchange.ts'
import { counted, formatOffset } from '../../../view/format.ts'
import type {
  ExchangeJson,
  HttpMessageJson,
  RequestJson,
  ResponseJson,
  SideJson,
  StreamMessageJson,
} from '../../../view/json/exchange-json.ts'
import { bodyPart, typeOf } from './body.ts'
import { type Child, type El, el, folded } from './dom.ts'

/** Request and response beside each other; of one that Parley acted on, both as the server had them too. */
export function exchangeParts(exchange: ExchangeJson): readonly El[] {
  const { acts, server, messages, messageCount = 0, remarks = [], answeredBy } = exchange
  return [
    ...(acts ? [el('ul', { class: 'acts' }, ...acts.map(({ by, did }) => el('li', {}, `${by}: ${did}`)))] : []),
    ...(server ? [el('h4', {}, 'as the client has it')] : []),
    sides(exchange, answeredBy && 'answered by Parley'),
    ...(server ? [el('h4', {}, 'as the server has it'), sides(server)] : []),
    ...(server === null ? [el('p', { class: 'quiet' }, 'The server was not asked.')] : []),
    ...remarks.map(({ message }) => el('p', { class: 'quiet' }, message)),
    ...(messages
      ? [folded([counted(messageCount, 'WebSocket message')], () => [messageTable(messages, messageCount)])]
      : []),
  ]
}

const sides = ({ request, informational, response }: SideJson, note?: string): El =>
  el(
    'div',
    { class: 'pair' },
    el('section', {}, el('h4', {}, 'request'), ...requestParts(request)),
    el(
      'section',
      {},
      el('h4', {}, note ?? 'response'),
      ...informational.map(head => startLine(head.version, String(head.status), head.reason)),
      ...(response ? responseParts(response) : [el('p', { class: 'quiet' }, 'none came')]),
    ),
  )

const requestParts = (request: RequestJson): El[] => [
  startLine(request.method, request.target, request.version),
  ...messageParts(request),
]

const responseParts = (response: ResponseJson): El[] => [
  startLine(response.version, String(response.status), response.reason),
  ...messageParts(response),
]

const startLine = (...words: readonly string[]): El => el('p', { class: 'start' }, words.filter(Boolean).join(' '))

const messageParts = (message: HttpMessageJson): El[] => [
  headerTable(message.headers),
  ...(message.trailers ? [el('p', { class: 'quiet' }, 'trailers'), headerTable(message.trailers)] : []),
  ...(message.body ? [bodyPart(message.body, typeOf(message))] : []),
]

const headerTable = (headers: readonly Header[]): El =>
  el(
    'table',
    { class: 'headers' },
    el(
      'tbody',
      {},
      ...headers.map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value))),
    ),
  )

function messageTable(messages: readonly StreamMessageJson[], count: number): El {
  const rows = messages.map(({ direction, time, name, body }) =>
    el(
      'tr',
      {},
      el('td', { class: 'num' }, formatOffset(time)),
      el('td', {}, direction === 'C>S' ? '→' : '←'),
      el('th', { scope: 'row' }, name),
      el('td', { class: 'wide' }, ...said(body?.text, body?.length)),
    ),
  )
  const more =
    count > messages.length &&
    el('p', { class: 'quiet' }, `The first ${messages.length}; the others are in the capture.`)
  return el('div', {}, el('table', { class: 'messages' }, el('tbody', {}, ...rows)), more)
}

const said = (text: string | undefined, length = 0): Child[] => [text ?? (length > 0 ? counted(length, 'byte') : '')]
