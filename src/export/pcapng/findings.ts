import { compareLegs } from '../../compare/compare.ts'
import type { ComparisonRow } from '../../compare/comparison.ts'
import { type LegSource, readLegPair } from '../../compare/read-leg-pair.ts'
import { type Connection, legOf } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import { printable } from '../../view/printable.ts'
import type { Handshake, HandshakeMessage } from '../../wire/tls/handshake.ts'
import type { LegNote, LegNotes } from './leg-writer.ts'

const alert = 21
const mostDifferences = 40

/** What Parley has to say of each leg, on the packets that it is about; `how` says how its bytes came into the file. */
export function findings(
  source: LegSource,
  connection: Connection,
  how: (leg: LegName) => readonly string[],
): Readonly<Record<LegName, LegNotes>> {
  const pair = readLegPair(source, connection)
  const { rows, verdict } = compareLegs(pair)
  const judged = pair.client || pair.upstream ? [`Would they have agreed without the proxy? ${verdict.sentence}`] : []
  const problems = connection.problems.map(({ message, remedy }) =>
    remedy === undefined ? `Problem: ${message}` : `Problem: ${message}. ${remedy}`,
  )
  const notesOf = (leg: LegName, handshake: Handshake | undefined): LegNotes => {
    const at: LegNote[] = []
    if (leg === 'upstream' && handshake && pair.client)
      at.push(...onMessage(handshake, 'client_hello', differences(rows)))
    for (const { message, at: index } of handshake?.remarks ?? []) at.push(...onMessageAt(handshake!, index, [message]))
    const alerts = handshake?.messages.findIndex(({ contentType }) => contentType === alert) ?? -1
    const onAlert = handshake && alerts >= 0 ? onMessageAt(handshake, alerts, problems) : []
    at.push(...onAlert)
    const said = legOf(connection, leg)?.closed ? 'last' : 'first'
    const elsewhere = onAlert.length > 0 ? [] : problems
    return {
      first: [titleOf(connection, leg), ...how(leg), ...judged, ...(said === 'first' ? elsewhere : [])].map(printable),
      at: at.map(note => ({ ...note, text: printable(note.text) })),
      last: (said === 'last' ? elsewhere : []).map(printable),
    }
  }
  return { client: notesOf('client', pair.client), upstream: notesOf('upstream', pair.upstream) }
}

function titleOf({ id, target, entrance, treatment, within }: Connection, leg: LegName): string {
  const to = target ? ` to ${target.host}:${target.port}` : ''
  const by = entrance === undefined ? '' : `, ${entrance}`
  const how = treatment === undefined ? '' : `, ${treatment}`
  const inside = within === undefined ? '' : `; it came inside connection ${within}, and the client’s port is made up`
  return `Parley: connection ${id}${to}${by}${how}, ${leg} leg${leg === 'client' ? inside : ''}`
}

function differences(rows: readonly ComparisonRow[]): string[] {
  const differ = rows.filter(
    ({ mark, client, upstream }) => mark !== '=' && mark !== '·' && client !== '—' && upstream !== '—',
  )
  if (differ.length === 0) return []
  const lines = differ.slice(0, mostDifferences).map(({ label, client, upstream, why }) => {
    const because = why === undefined ? '' : ` (${why.endsWith('.') ? why.slice(0, -1) : why})`
    return `${label}: client ${client}, upstream ${upstream}${because}`
  })
  return [`The two legs differ. ${lines.join('. ')}.`]
}

const onMessage = (handshake: Handshake, name: HandshakeMessage['name'], texts: readonly string[]): LegNote[] =>
  onMessageAt(
    handshake,
    handshake.messages.findIndex(message => message.name === name),
    texts,
  )

/** On the packet in which the first record of a message begins. */
function onMessageAt({ messages, records }: Handshake, index: number | undefined, texts: readonly string[]): LegNote[] {
  const message = index === undefined ? undefined : messages[index]
  const record = message && records[message.records[0] ?? -1]
  if (!record) return []
  return texts.map(text => ({ direction: record.direction, offset: record.offset, text }))
}
