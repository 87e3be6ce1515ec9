import type { ExchangeId } from '../../model/exchange.ts'
import type { ActedOnMessage, StreamMessage } from '../../model/stream-message.ts'
import type { Capture } from '../../store/capture.ts'
import type { MessageQuery } from '../../store/stream-messages.ts'
import { deflateParameters, type InflatedMessage, MessageInflater } from '../../view/frames/websocket-inflate.ts'
import { allMessages } from '../contents.ts'
import { redactPlain } from './redact-body.ts'
import type { RedactionRules, Told } from './redaction.ts'

interface Reading {
  readonly id: ExchangeId
  readonly messages: Iterator<StreamMessage>
  readonly inflater: MessageInflater
  /** The `seq` that comes next. */
  next: number
}

/** The messages of WebSockets without their secrets, inflated: who reads a page after the other reads each once. */
export function redactedMessages(
  capture: Capture,
  rules: RedactionRules,
  toldOf: (id: ExchangeId, seq: number) => Told,
) {
  let reading: Reading | undefined
  return (id: ExchangeId, { from = 0, limit }: MessageQuery): StreamMessage[] => {
    if (reading?.id !== id || reading.next > from) reading = startOf(capture, id)
    const page: StreamMessage[] = []
    while (page.length < limit) {
      const { value: message } = reading.messages.next()
      if (!message) break
      const inflated = reading.inflater.push(message)
      reading.next = message.seq + 1
      if (message.seq >= from) page.push(redacted(inflated, rules, toldOf(id, message.seq)))
    }
    return page
  }
}

const startOf = (capture: Capture, id: ExchangeId): Reading => ({
  id,
  messages: allMessages(capture, id)[Symbol.iterator](),
  inflater: new MessageInflater(deflateParameters(capture.exchange(id)?.response?.head.headers ?? [])),
  next: 0,
})

/** What could not be inflated stays here. */
function redacted({ message, bytes, problem }: InflatedMessage, rules: RedactionRules, told: Told): StreamMessage {
  const { acted, length, ...same } = message
  const clean = problem === undefined ? redactPlain(bytes, [], rules, 'WebSocket message', told) : undefined
  if (problem !== undefined) told('message that could not be looked into', 'WebSocket message')
  const cut = !message.compressed && message.bytes.length < length
  return {
    ...same,
    compressed: false,
    bytes: clean ?? new Uint8Array(0),
    length: cut || !clean ? length : clean.length,
    ...(acted && { acted: redactedAct(acted, rules, told) }),
  }
}

function redactedAct({ server, ...same }: ActedOnMessage, rules: RedactionRules, told: Told): ActedOnMessage {
  const bytes = server && redactPlain(server.bytes, [], rules, 'WebSocket message', told)
  return { ...same, ...(server && { server: { length: server.length, bytes: bytes ?? new Uint8Array(0) } }) }
}
