import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { IContext, Proxy as MitmProxy } from 'http-mitm-proxy'
import { answerProblem, targetProblem } from '../../problem/from-request.ts'
import type { Problem } from '../../problem/problem.ts'
import { DialError } from '../dial/dial.ts'
import { type RequestTarget, readRequestTarget, schemeOf } from '../entrance/cleartext/request-target.ts'
import { failurePage } from '../failure-page.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'
import { PlainAgent } from './agent.ts'
import { keepPace } from './keep-pace.ts'
import { fieldsOf, headOf, writable } from './raw-fields.ts'
import { asksForWebSocket, framed, hasFraming, headForServer } from './request-head.ts'
import { relayUpgrade } from './upgrade.ts'

export interface PlainOptions {
  readonly services: Services
  /** Told of a client whose connection may begin anew, with a CONNECT: nothing is open on it. */
  readonly onIdle: (client: ContentTap) => void
  /** Told of a client's tap that takes the place of the one before. */
  readonly onSwitch: (client: ContentTap) => void
}

export interface Plain {
  /** Before http-mitm-proxy reads the request: it takes an authority up to its first colon and cuts it off. */
  seen(request: IncomingMessage): void
  /** Ends what is open for a client; undefined where it has asked for nothing in plain HTTP. */
  end(client: Duplex): Promise<void> | undefined
}

export const mostHead = 1 << 20 // bytes; what is too long for the other side, that side is to say
/** What a server says is passed on though it is odd: to see that is why a person looks. */
const lenient = { insecureHTTPParser: true, maxHeaderSize: mostHead }

/** Serves plain HTTP through http-mitm-proxy's pipeline: its agents are ours, and the heads keep their names and order. */
export function servePlain(proxy: MitmProxy, { services, onIdle, onSwitch }: PlainOptions): Plain {
  const { tape, options } = services
  const agents = new WeakMap<Duplex, PlainAgent>()
  const targets = new WeakMap<IncomingMessage, RequestTarget>()
  const latest = new WeakMap<PlainAgent, IncomingMessage>()
  /** Requests of which nothing more is to be told. */
  const settled = new WeakSet<IncomingMessage>()

  const agentFor = (client: ContentTap): PlainAgent => {
    const agent = agents.get(client) ?? new PlainAgent(services, client.connection)
    agents.set(client, agent)
    return agent
  }
  proxy.onRequest((context, next) => {
    const { clientToProxyRequest: request, proxyToServerRequestOptions: asking } = context
    const client: Duplex = request.socket
    if (!asking || !(client instanceof ContentTap)) return next(new Error('a request on a socket that is not ours'))
    const agent = agentFor(client) // also for who is to be told of a refusal
    const asked = targets.get(request)
    if (!asked) return next(Object.assign(new Error(), { problem: targetProblem(schemeOf(request.url ?? '')) }))
    const headers = framed(asking.method ?? '', headForServer(request.rawHeaders, asked.target))
    Object.assign(asking, asked.target, { path: asked.path, agent, headers, ...lenient })
    agent.target(asked.target)
    latest.set(agent, request)
    context.proxyToClientResponse.once('close', () => {
      if (request.complete && latest.get(agent) === request) onIdle(client)
    })
    next()
    const { proxyToServerRequest: upstream, proxyToClientResponse: answer } = context
    if (!upstream) return
    if (hasFraming(headers)) upstream.flushHeaders() // Node would keep the head until the body begins
    upstream.on('information', response => {
      if (isOld(request)) return // RFC 9110 15.2
      // a response before it on the connection has the socket until it is over
      answer.socket?.write(headOf(response as never), 'latin1')
    })
    relayUpgrade({
      client,
      asked: asksForWebSocket(request.rawHeaders),
      answer,
      upstream,
      onSwitch(successor) {
        settled.add(request)
        agents.set(successor, agent)
        onSwitch(successor)
      },
    })
  })
  proxy.onRequestData(({ clientToProxyRequest: request, proxyToServerRequest: upstream }, chunk, next) => {
    next(null, chunk)
    if (upstream) keepPace(request, upstream)
  })
  proxy.onResponseData(({ serverToProxyResponse: response, proxyToClientResponse: answer }, chunk, next) => {
    next(null, chunk)
    if (response) keepPace(response, answer)
  })
  proxy.onRequestEnd(({ clientToProxyRequest: request, proxyToServerRequest: upstream }, next) => {
    upstream?.addTrailers(trailersOf(request) as never)
    next()
  })
  proxy.onResponseHeaders(keepResponseHead) // after http-mitm-proxy has put in fields of its own
  proxy.onResponseEnd(({ serverToProxyResponse: response, proxyToClientResponse: answer }, next) => {
    if (response) answer.addTrailers(trailersOf(response) as never)
    next()
  })
  proxy.onError((context, error) => {
    const request = context?.clientToProxyRequest
    if (!context || !request || settled.has(request)) return
    const answer = context.proxyToClientResponse
    if (answer.writableEnded) return // what goes wrong with the rest of the request is nobody's concern
    settled.add(request)
    const problem = error && 'problem' in error ? (error.problem as Problem) : answerProblem(error)
    const agent = agents.get(request.socket)
    if (agent && !agent.ended && !(error instanceof DialError))
      tape.event(agent.connection, now(), { type: 'failed', problem })
    if (options.failAsServer) return void request.socket.destroy()
    if (answer.headersSent) return void answer.destroy()
    const { status, contentType, body } = failurePage(problem, request.headers.accept)
    answer.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) })
    answer.end(body)
  })
  return {
    seen(request) {
      const asked = readRequestTarget(request.url ?? '', request.headers.host)
      if (asked) targets.set(request, asked)
    },
    end: client => agents.get(client)?.end(),
  }
}

const trailersOf = ({ rawTrailers }: IncomingMessage): [name: string, value: string][] =>
  fieldsOf(rawTrailers).map(([name, value]) => [name, writable(value)])

const isOld = ({ httpVersion }: IncomingMessage): boolean => httpVersion === '1.0'

/** For a client of HTTP/1.0, which knows no chunks and reads to the end of the connection (RFC 9112 6.1, 9.3). */
const headForOld = (raw: readonly string[]): string[] => [
  ...fieldsOf(raw)
    .filter(([name]) => !/^(?:transfer-encoding|connection|keep-alive|trailer)$/i.test(name))
    .flat(),
  ...['Connection', 'close'],
]

/** Its reason phrase, and its fields in the order in which they came, however often. */
function keepResponseHead(context: IContext, next: () => void): void {
  const { serverToProxyResponse: response, proxyToClientResponse: answer } = context
  if (!response) return next()
  answer.statusMessage = response.statusMessage ?? ''
  answer.sendDate = false
  const raw = (isOld(context.clientToProxyRequest) ? headForOld(response.rawHeaders) : response.rawHeaders).map(
    writable,
  )
  // It would gather the fields in an object: a name that comes again changes its place, and __proto__ is lost.
  const { writeHead } = answer
  answer.writeHead = (status: number) => writeHead.call(answer, status, raw as never)
  next()
}
