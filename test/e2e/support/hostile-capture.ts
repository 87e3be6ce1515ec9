import type { Connection } from '../../../src/model/connection.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import { openCaptureWriter } from '../../../src/store/writer.ts'

/** What a peer may send to move a cursor, paint, ring, link, copy, or turn the reading direction. */
export const hostile = 'A\x1b[2J\x1b]52;c;aGk=\x07\x1b]8;;http://x\x07\r\b\x9b31m\u202eb\u200bc\u2066漢字\x00\x7fZ'
/** None of it may reach the terminal. */
export const forbidden = /\x1b\]52|\x1b\]8|\x07|\x9b|\u202e|\u200b|\u2066|\x08|\x00/

const long = `${hostile}${'x'.repeat(10_000)}`

const acts = [{ by: `rule ${hostile}`, did: hostile }] as const

/** With another side, where the server got other strings of the kind. */
function exchange(id: number): Exchange {
  const told = said(id)
  const head = { ...told.request.head, authority: `other${hostile}`, headers: [[`other${hostile}`, hostile]] as const }
  return { ...told, acts, server: { ...told, request: { ...told.request, head } } }
}

const said = (id: number): Exchange => ({
  id,
  connection: 1,
  stream: 1,
  request: {
    head: {
      method: `GET${hostile}`,
      target: `/${long}?a=${hostile}`,
      scheme: 'https',
      authority: `host${hostile}`,
      path: `/${long}?a=${hostile}`,
      version: 'HTTP/1.1',
      headers: [
        [`name${hostile}`, long],
        ['Cookie', `a=${hostile}`],
      ],
    },
    headAt: 1_800_000_000_000 + id,
    bodyBytes: 0,
    bodyDropped: 0,
    endedAt: 1_800_000_000_000 + id,
  },
  informational: [],
  response: {
    head: {
      status: 200,
      reason: hostile,
      version: 'HTTP/1.1',
      headers: [
        ['Content-Type', `application/json; charset=${hostile}`],
        [`x${hostile}`, hostile],
      ],
    },
    headAt: 1_800_000_000_010 + id,
    bodyBytes: 10,
    bodyDropped: 0,
    endedAt: 1_800_000_000_020 + id,
  },
  problems: [{ code: 'http1/x', blame: 'server', message: hostile, remedy: hostile }],
})

const connection: Connection = {
  id: 1,
  openedAt: 1_800_000_000_000,
  entrance: 'connect',
  target: { host: `host${hostile}`, port: 443 },
  serverName: `name${hostile}`,
  protocol: hostile,
  client: { agreed: { version: 'TLSv1.3', cipherSuite: hostile, alpn: hostile, resumed: false } },
  upstream: {
    agreed: { version: 'TLSv1.3', cipherSuite: hostile, alpn: hostile, resumed: false },
    lookup: { name: hostile, addresses: [hostile], startedAt: 1, endedAt: 2, literal: false },
  },
  problems: [{ code: 'tls/x', blame: 'server', message: hostile, remedy: hostile }],
}

/** A capture with such strings in every field. */
export function writeHostileCapture(path: string): void {
  const writer = openCaptureWriter(path)
  writer.connection(connection)
  writer.process(1, { pid: 7, name: hostile, command: long })
  writer.connectionFlow(connection, writer.nextFlowId())
  const body = Buffer.from(JSON.stringify({ [hostile]: long, list: [hostile] }) + hostile)
  for (let i = 0; i < 60; i++) writer.exchange(exchange(writer.nextFlowId()), Buffer.from(hostile), body)
  const message = { seq: 0, direction: 'to-server', at: 1, endedAt: 1, opcode: 1, frames: 1 } as const
  writer.streamMessage(2, { ...message, compressed: false, complete: true, length: 9, bytes: Buffer.from(hostile) })
  writer.actedOn(2, 0, { how: 'changed', acts, server: { length: 9, bytes: Buffer.from(hostile) } })
  writer.note(3, { marked: true, comment: hostile })
  writer.event(1, 'warning', hostile)
  writer.close()
}
