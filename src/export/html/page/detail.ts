import type { Problem } from '../../../model/problem.ts'
import { formatBytes, formatDuration } from '../../../view/format.ts'
import type { ReportConnection, ReportFlow, ReportRow } from '../shape.ts'
import { certificates, keys } from './certificates.ts'
import { comparison } from './comparison.ts'
import { type Child, type El, el, folded } from './dom.ts'
import { exchangeParts } from './exchange.ts'
import { urlOf } from './match.ts'
import { sequence } from './sequence.ts'
import { phaseLines } from './time-bar.ts'

export interface Detail {
  readonly row: ReportRow
  readonly flow: ReportFlow
  readonly connection?: ReportConnection | undefined
}

/** A flow and its connection, from what was asked to how the legs agreed. */
export function detailParts({ row, flow, connection }: Detail, narrow: boolean): readonly El[] {
  return [flowPart(row, flow), ...(connection ? [connectionPart(connection, narrow)] : [])]
}

function flowPart(row: ReportRow, { exchange }: ReportFlow): El {
  const { duration, requestBytes, responseBytes, comment, status } = row
  const facts = [
    status === undefined ? undefined : String(status),
    duration === undefined ? 'still running' : formatDuration(duration),
    `${formatBytes(requestBytes)} sent, ${formatBytes(responseBytes)} received`,
    row.protocol,
    row.legs,
  ]
  const aborted = exchange?.aborted
  return el(
    'article',
    { class: 'flow' },
    el('p', { class: 'kicker' }, row.kind === 'exchange' ? `flow #${row.id}` : `connection c${row.connection}`),
    el('h2', {}, `${row.method} `, el('span', {}, row.kind === 'exchange' ? urlOf(row) : row.host)),
    el('p', { class: 'facts' }, facts.filter(Boolean).join('  ·  ')),
    comment !== undefined && el('p', { class: 'comment' }, comment),
    aborted && el('p', { class: 'finding' }, `${aborted.how ?? 'aborted'} by ${aborted.by}: ${aborted.why}`),
    ...problems(exchange?.problems ?? []),
    ...(exchange ? exchangeParts(exchange) : []),
    row.spans.length > 0 && el('h3', {}, 'Where the time went'),
    row.spans.length > 0 && phaseLines(row),
  )
}

const problems = (list: readonly Problem[]): Child[] =>
  list.map(({ code, blame, message, remedy }) =>
    el(
      'div',
      { class: 'problem' },
      el('p', {}, el('strong', {}, code), `  ${message}`),
      el('p', { class: 'quiet' }, `to blame: ${blame}${remedy === undefined ? '' : `. ${remedy}`}`),
    ),
  )

function connectionPart(connection: ReportConnection, narrow: boolean): El {
  const { id, where, legs, openedAt, verdict, sniffed } = connection
  return el(
    'article',
    { class: 'connection' },
    el('p', { class: 'kicker' }, `connection c${id}, opened ${openedAt.slice(0, 23).replace('T', ' ')} UTC`),
    el('h2', {}, where, '  ', el('span', {}, legs)),
    ...problems(connection.problems),
    connection.tolerated && el('p', { class: 'comment' }, `tolerated by --insecure: ${connection.tolerated.message}`),
    el(
      'p',
      { class: `verdict v-${verdict.agreed}` },
      el('small', {}, 'Would they have agreed without the proxy?'),
      verdict.sentence,
    ),
    ...reasons(connection),
    el('h3', {}, sniffed ? 'The handshake' : 'Both handshakes'),
    el('p', { class: 'quiet legend' }, 'times in ms since the connection opened  ·  {in braces} what was encrypted'),
    sequence(connection, narrow),
    el('h3', {}, sniffed ? 'What was agreed' : 'What differs, and why'),
    ...comparison(connection),
    el('h3', {}, 'Certificates and keys'),
    folded(['certificates'], () => [certificates(connection)]),
    folded(['keys, masked'], () => [keys(connection)]),
  )
}

/** What spoke against it, and what a browser and OpenSSL would have said. */
const reasons = ({ verdict }: ReportConnection): Child[] => {
  const doubts = verdict.reasons.filter(({ standing }) => standing !== 'fits')
  if (doubts.length === 0) return []
  const lines = doubts.flatMap(({ aspect, sentence, asBrowser, asOpenssl }) => [
    ...(verdict.sentence.includes(sentence) ? [] : [`${aspect}: ${sentence}`]),
    ...(asBrowser ? [`Chromium: ${asBrowser}`] : []),
    ...(asOpenssl ? [`OpenSSL: ${asOpenssl}`] : []),
  ])
  return [el('ul', { class: 'reasons' }, ...lines.map(line => el('li', {}, line)))]
}
