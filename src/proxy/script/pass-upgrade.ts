import http, { type IncomingMessage, ServerResponse } from 'node:http'
import { type Duplex, pipeline } from 'node:stream'
import { failureResponse } from '../failure-page.ts'
import type { Session } from './session.ts'

/**
 * A request to switch protocols passes by the scripts, as it came. If the server switches (RFC 9110 7.8), both sides are
 * forwarded from then on; if not, its answer is the last on this connection.
 */
export function passUpgrade(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  session: Session,
  place: number | undefined,
): void {
  const { agent, conversation } = session
  const { method = 'GET', url = '/' } = request
  const asked = http.request({ method, path: url, headers: request.rawHeaders, agent, protocol: agent.protocol })
  const switched = (response: IncomingMessage, server: Duplex, first: Buffer): void => {
    conversation.upstream.carry(undefined) // the same passes on both legs
    client.write(headOf(response), 'latin1')
    if (head.length > 0) client.unshift(head)
    if (first.length > 0) server.unshift(first)
    pipeline(client, server, client, () => {})
  }
  asked.once('socket', () => conversation.upstream.carry(place))
  asked.once('upgrade', switched).once('connect', switched)
  asked.once('response', response => {
    const answer = new ServerResponse(request)
    answer.shouldKeepAlive = false
    answer.assignSocket(client as never)
    answer.sendDate = false
    answer.writeHead(response.statusCode ?? 502, response.statusMessage, response.headers)
    answer.once('finish', () => client.end())
    client.resume()
    pipeline(response, answer, () => {})
  })
  asked.once('error', error => {
    if (client.destroyed || client.writableEnded) return
    const problem = conversation.explain(error)
    conversation.tell(problem)
    client.resume().end(failureResponse(problem))
  })
  asked.end()
}

/** The head of a response that no ServerResponse writes (1xx), as latin1. */
export function headOf({
  statusCode,
  statusMessage,
  rawHeaders,
}: Pick<IncomingMessage, 'statusCode' | 'statusMessage' | 'rawHeaders'>): string {
  const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []))
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n')
}
