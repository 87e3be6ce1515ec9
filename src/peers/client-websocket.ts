import { randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { ClientFailure, clientError, within } from './client-failure.ts'
import { OneSocketAgent } from './client-http1.ts'
import { Line } from './client-line.ts'
import { pathOf } from './client-reply.ts'
import type { ClientError, ConnectOptions, TlsFacts } from './client-types.ts'
import { acceptFor, FrameReader, frame, opcodes } from './websocket-frames.ts'

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

async function chat(line: Line, options: ChatOptions, story: Story): Promise<void> {
  const head = await upgrade(line, options, story)
  const socket = line.socket!
  const reader = new FrameReader()
  const unsent = [...options.messages]
  const next = () => {
    const message = unsent.shift()
    if (message === undefined) socket.write(frame(opcodes.close, Buffer.of(1000 >> 8, 1000 & 0xff), true))
    else socket.write(frame(opcodes.text, Buffer.from(message), true))
  }
  await new Promise<void>((resolve, reject) => {
    const take = (bytes: Buffer) => {
      try {
        for (const { opcode, payload } of reader.push(bytes)) {
          if (opcode === opcodes.ping) socket.write(frame(opcodes.pong, payload, true))
          if (opcode === opcodes.text) {
            story.received.push(payload.toString())
            next()
          }
          if (opcode !== opcodes.close) continue
          if (payload.length >= 2) story.closeCode = payload.readUInt16BE(0)
          resolve()
        }
      } catch (error) {
        reject(error)
      }
    }
    socket.on('data', take)
    socket.on('error', reject)
    socket.once('close', () => reject(new ClientFailure('CLOSED', 'closed without a close frame')))
    if (head.length > 0) take(head)
    next()
  })
}

function upgrade(line: Line, options: ChatOptions, story: Story): Promise<Buffer> {
  const { url, proxy } = options
  const key = randomBytes(16).toString('base64')
  const path = proxy && url.protocol === 'http:' ? `${url.origin}${pathOf(url)}` : pathOf(url)
  const headers = ['Host', url.host, 'Connection', 'Upgrade', 'Upgrade', 'websocket']
  headers.push('Sec-WebSocket-Version', '13', 'Sec-WebSocket-Key', key)
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent: new OneSocketAgent(line.socket!), path, headers })
    request.on('error', reject)
    request.once('close', () => reject(new ClientFailure('CLOSED', 'closed before the upgrade was answered')))
    const refuse = (response: IncomingMessage) => {
      story.status = response.statusCode ?? 0
      response.resume()
      reject(new ClientFailure('UPGRADE_REFUSED', `the server answered ${response.statusCode}`))
    }
    request.once('response', refuse)
    request.once('upgrade', (response, _, head) => {
      if (response.headers['sec-websocket-accept'] !== acceptFor(key)) return refuse(response)
      story.status = response.statusCode ?? 0
      resolve(head)
    })
    request.end()
  })
}
