import { WebSocket } from 'ws'
import { ClientFailure, clientError, within } from './client-failure.ts'
import { Line } from './client-line.ts'
import { pathOf } from './client-reply.ts'
import type { ClientError, ConnectOptions, TlsFacts } from './client-types.ts'

export interface ChatOptions extends ConnectOptions {
  /** `https:` or `http:`, not `wss:`. */
  readonly url: URL
  /** Text messages; each waits for the answer to the one before. */
  readonly messages: readonly string[]
}

export interface ChatResult {
  readonly tls?: TlsFacts
  readonly connectStatus?: number
  /** 101 when the server agreed. */
  readonly status?: number
  /** One text for each message that was answered. */
  readonly received: readonly string[]
  /** From the server's close frame. */
  readonly closeCode?: number
  readonly error?: ClientError
}

/** A WebSocket (RFC 6455) chat over a connection of its own: message, answer, ..., close with 1000. Never throws. */
export async function chatThrough(options: ChatOptions): Promise<ChatResult> {
  const line = new Line(options)
  const late = AbortSignal.timeout(options.timeout ?? 15_000)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  const story: Story = { received: [] }
  let failure: ClientError | undefined
  try {
    await within(signal, line.open(options.url, { ...options, alpn: options.alpn ?? ['http/1.1'] }))
    await within(signal, chat(line, options, story))
  } catch (error) {
    failure = clientError(line.tlsError ?? error, line.stage)
  }
  await line.close(failure === undefined)
  const { tls, connectStatus } = line
  return {
    ...story,
    ...(tls ? { tls } : {}),
    ...(connectStatus === undefined ? {} : { connectStatus }),
    ...(failure ? { error: failure } : {}),
  }
}

interface Story {
  status?: number
  received: string[]
  closeCode?: number
}

/** `ws` speaks over the line that is open; it need not know that there is TLS or a proxy below. */
function chat(line: Line, { url, proxy, messages }: ChatOptions, story: Story): Promise<void> {
  const path = proxy && url.protocol === 'http:' ? `${url.origin}${pathOf(url)}` : pathOf(url)
  const socket = new WebSocket(`ws://${url.host}${pathOf(url)}`, {
    createConnection: () => line.socket!,
    perMessageDeflate: false,
    finishRequest: request => {
      request.path = path
      request.end()
    },
  })
  const unsent = [...messages]
  const next = () => {
    const message = unsent.shift()
    if (message === undefined) socket.close(1000)
    else socket.send(message)
  }
  return new Promise((resolve, reject) => {
    socket.on('upgrade', ({ statusCode }) => {
      story.status = statusCode ?? 0
    })
    socket.on('unexpected-response', (_, { statusCode }) => {
      story.status = statusCode ?? 0
      reject(new ClientFailure('UPGRADE_REFUSED', `the server answered ${statusCode}`))
    })
    socket.on('open', next)
    socket.on('message', (message: Buffer) => {
      story.received.push(message.toString())
      next()
    })
    socket.on('error', reject)
    socket.on('close', code => {
      if (code === noFrame) return reject(new ClientFailure('CLOSED', 'closed without a close frame'))
      if (code !== noCode) story.closeCode = code
      resolve()
    })
  })
}

// What stands for a close frame that did not come, or came without a code (RFC 6455 7.4.1).
const noFrame = 1006
const noCode = 1005
