import type { ClientRequest, IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import type { IContext, Proxy as MitmProxy } from 'http-mitm-proxy'
import { scriptProblem, unreadable } from '../../problem/from-script.ts'
import type { Problem } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { failureResponse } from '../failure-page.ts'
import { frameBody, frameRequest, frameResponse, hasBody } from './framing.ts'
import type { ExchangeHooks, Hook, Hooks } from './hooks.ts'
import { headOf } from './pass-upgrade.ts'
import type { Conversation } from './script.ts'
import { type Session, StreamGone } from './session.ts'

interface Exchange {
  readonly session: Session
  readonly hooks: ExchangeHooks
  /** The chunk that scripts have in hand, of the request and of the response. */
  readonly inHand: { onRequestData?: Promise<void>; onResponseData?: Promise<void> }
  over: boolean
}
type Next = (error?: Error | null, chunk?: Buffer) => void

export const mostHead = 1 << 20 // bytes; what is too long for the other side, that side is to say

/** Takes http-mitm-proxy's pipeline of each exchange through the hooks, and ends it where one fails. */
export class Pipeline {
  readonly #hooks: Hooks
  readonly #sessions: WeakMap<Duplex, Session>
  readonly #exchanges = new WeakMap<IContext, Exchange>()

  constructor(hooks: Hooks, sessions: WeakMap<Duplex, Session>) {
    this.#hooks = hooks
    this.#sessions = sessions
  }

  join(proxy: MitmProxy): void {
    proxy.onRequest((context, next) =>
      this.#step(context, 'onRequest', exchange => this.#request(context, exchange, next)),
    )
    proxy.onRequestHeaders((context, next) =>
      this.#step(context, 'onRequestHeaders', async exchange => {
        await exchange.hooks.run('onRequestHeaders')
        stayWithServer(context, exchange)
        next()
        if (context.proxyToServerRequest) this.#asked(context, exchange.session, context.proxyToServerRequest)
      }),
    )
    proxy.onRequestData((context, chunk, next) => this.#chunk(context, 'onRequestData', chunk, next as Next))
    proxy.onRequestEnd((context, next) =>
      this.#step(context, 'onRequestEnd', async ({ hooks, inHand }) => {
        await inHand.onRequestData // Node says `end` with the last chunk, though it is paused
        await hooks.run('onRequestEnd')
        context.proxyToServerRequest?.addTrailers(context.clientToProxyRequest.trailers as never)
        next()
      }),
    )
    proxy.onResponse((context, next) =>
      this.#step(context, 'onResponse', exchange => this.#response(context, exchange, next)),
    )
    proxy.onResponseHeaders((context, next) =>
      this.#step(context, 'onResponseHeaders', async ({ hooks }) => {
        frameResponse(context)
        await hooks.run('onResponseHeaders')
        next()
      }),
    )
    proxy.onResponseData((context, chunk, next) => this.#chunk(context, 'onResponseData', chunk, next as Next))
    proxy.responseContentPotentiallyModified = false // it depends on the exchange
    proxy.onResponseEnd((context, next) =>
      this.#step(context, 'onResponseEnd', async ({ hooks, inHand }) => {
        await inHand.onResponseData
        await hooks.run('onResponseEnd')
        context.proxyToClientResponse.addTrailers((context.serverToProxyResponse?.trailers ?? {}) as never)
        next()
      }),
    )
    proxy.onError((context, error, kind) => {
      if (context) this.#fail(context, error ?? new Error(kind), kind ?? '')
    })
  }

  /** What a step throws besides the scripts’ own failures comes from what they have set. */
  #step(context: IContext, hook: Hook, work: (exchange: Exchange) => Promise<void>): void {
    const exchange = this.#exchanges.get(context) ?? this.#begin(context)
    if (!exchange || exchange.over) return
    work(exchange).catch(error => {
      const told =
        error instanceof ProblemError ? error : new ProblemError(scriptProblem(exchange.hooks.files, hook, error))
      this.#fail(context, told, hook)
    })
  }

  #begin(context: IContext): Exchange | undefined {
    const session = this.#sessions.get(context.clientToProxyRequest.socket)
    if (!session) return undefined
    const hooks = this.#hooks.of(context, session.conversation.host, error => this.#fail(context, error, 'late'))
    const exchange = { session, hooks, inHand: {}, over: false }
    this.#exchanges.set(context, exchange)
    return exchange
  }

  async #request(context: IContext, { session, hooks }: Exchange, next: Next): Promise<void> {
    const { target, secure } = session.conversation
    const asking = context.proxyToServerRequestOptions!
    context.isSSL = secure
    Object.assign(asking, target, { agent: session.agent, maxHeaderSize: mostHead })
    const framed = frameRequest(context.clientToProxyRequest, asking)
    await hooks.run('onRequest')
    framed()
    next()
  }

  /** The request is made. */
  #asked(context: IContext, session: Session, asked: ClientRequest): void {
    const { clientToProxyRequest: request, proxyToClientResponse: answer } = context
    session.ask(asked, answer)
    asked.maxHeadersCount = 0
    Object.assign(asked, { strictContentLength: true }) // a script that changes a body without its length would leave the server waiting
    if (hasBody(request)) asked.flushHeaders() // Node would keep the head until the body begins
    asked.on('information', response => {
      if (request.httpVersion === '1.0') return // RFC 9110 15.2
      if (response.statusCode === 100) answer.writeContinue()
      else answer.socket?.write(headOf(response as never), 'latin1')
    })
    asked.on('upgrade', (_response, server: Duplex) => {
      server.destroy()
      const error = new Error('it switched to another protocol, unasked') // Node would say nothing
      this.#fail(context, error, 'upgrade')
    })
  }

  async #response(context: IContext, { hooks }: Exchange, next: Next): Promise<void> {
    const { serverToProxyResponse: response, proxyToClientResponse: answer } = context
    const { statusCode, statusMessage } = response!
    await hooks.run('onResponse')
    answer.sendDate = false
    if (response!.statusCode === statusCode) answer.statusMessage = statusMessage ?? ''
    answer.strictContentLength = true
    frameBody(context, hooks.wants('onResponseData'))
    next()
  }

  #chunk(context: IContext, hook: 'onRequestData' | 'onResponseData', chunk: Buffer, next: Next): void {
    this.#step(context, hook, ({ hooks, inHand }) => {
      const [source, filters, to] =
        hook === 'onRequestData'
          ? [context.clientToProxyRequest, context.requestFilters, context.proxyToServerRequest]
          : [context.serverToProxyResponse, context.responseFilters, context.proxyToClientResponse]
      const from: Readable = filters.at(-2) ?? source // the last is http-mitm-proxy's own
      const pass = async (): Promise<void> => {
        if (hooks.wants(hook)) {
          from.pause()
          const left = await hooks.run(hook, chunk)
          from.resume()
          next(null, left)
        } else next(null, chunk)
        if (to) keepPace(from, to)
      }
      inHand[hook] = pass()
      return inHand[hook]
    })
  }

  /** Ends an exchange once, with a page that says why as long as nothing of the answer has gone out. */
  #fail(context: IContext, error: Error, kind: string): void {
    const exchange = this.#exchanges.get(context)
    if (!exchange || exchange.over) return
    exchange.over = true
    const { inner, outer, conversation } = exchange.session
    exchange.hooks.tell(error, kind)
    const { clientToProxyRequest: request, proxyToClientResponse: answer, proxyToServerRequest: asked } = context
    context.proxyToClientResponse = undefined as never // http-mitm-proxy would answer as well
    asked?.destroy()
    request.unpipe()
    request.resume()
    if (inner.destroyed || answer.writableEnded) return // the client went, or has all that it asked for
    if (isGone(error, asked, context.serverToProxyResponse)) return void inner.end()
    const ofScript = problemIn(error)
    const problem = ofScript ?? meaningOf(error, conversation)
    conversation.tell(problem)
    const page = failureResponse(problem, { accept: request.headers.accept ?? '' })
    const mute = !ofScript && conversation.failAsServer
    if (mute || hasBegun(answer)) outer.destroy(Object.assign(error, { problem }))
    else if (answer.socket) inner.end(page)
    else answer.once('socket', () => inner.end(page))
  }
}

const hasBegun = (answer: ServerResponse): boolean =>
  (answer as unknown as { readonly _headerSent: boolean })._headerSent

/** What a script did, or a filter of it. */
const problemIn = (error: Error): Problem | undefined => ('problem' in error ? (error.problem as Problem) : undefined)

const meaningOf = (error: NodeJS.ErrnoException, { explain }: Conversation): Problem =>
  error.code?.startsWith('HPE_') ? unreadable('response', error) : explain(error)

/** The server had answered before, and left as the next request came: that client knows to ask again. */
const isGone = (error: Error, asked: ClientRequest | undefined, response: IncomingMessage | undefined): boolean =>
  error instanceof StreamGone || (asked?.reusedSocket === true && !response && !problemIn(error))

/** With one stream there is one server. */
function stayWithServer({ proxyToServerRequestOptions: asking }: IContext, { session }: Exchange): void {
  const { host, port } = session.conversation.target
  if (asking?.agent !== session.agent || (asking.host === host && Number(asking.port) === port)) return
  throw new Error('it sends the request to another server, which Parley has no connection to; see --resolve')
}

/**
 * Called when a chunk has been written: reads no faster than that, which http-mitm-proxy does not see to.
 * Asks the socket, because Node's client does not say `drain` any more once it has the whole answer.
 */
function keepPace(from: Readable, to: OutgoingMessage): void {
  const { socket } = to
  const full = socket ?? to
  if (!full.writableNeedDrain || from.isPaused()) return
  const ends = [socket ? 'drain' : 'socket', 'close'] // a message without one waits for its turn
  const goOn = (): void => {
    for (const end of ends) full.off(end, goOn)
    from.resume()
  }
  for (const end of ends) full.on(end, goOn)
  from.pause()
}
