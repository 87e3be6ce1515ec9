import { isUtf8 } from 'node:buffer'
import type { Exchange } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import { deflateParameters, type InflatedMessage, MessageInflater } from '../../view/frames/websocket-inflate.ts'
import { type Stream, streamOf } from '../../view/json/json-pieces.ts'
import { allMessages } from '../contents.ts'

const text = 1 // RFC 6455 11.8

/** The messages of a WebSocket as Chromium writes them, read as they are written; undefined where there are none. */
export function harMessages(capture: Capture, { id, response }: Exchange): Stream | undefined {
  if (capture.streamMessageCount(id) === 0) return undefined
  const inflater = new MessageInflater(deflateParameters(response?.head.headers ?? []))
  return streamOf(allMessages(capture, id), message => harMessage(inflater.push(message)))
}

/** `time` in seconds since the epoch; `data` in base64 where it is not text, and where a text is not all UTF-8. */
function harMessage({ message, bytes, problem }: InflatedMessage): unknown {
  const { direction, opcode, at, length, complete, compressed, acted } = message
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const isText = opcode === text && isUtf8(data)
  const cut = !complete || (!compressed && bytes.length < length)
  return {
    ...{ type: direction === 'to-server' ? 'send' : 'receive', time: at / 1000, opcode },
    data: data.toString(isText ? 'utf8' : 'base64'),
    ...(opcode === text && !isText && { _encoding: 'base64' }),
    ...(cut && { _length: length }),
    ...(problem !== undefined && { _problem: problem }),
    ...(acted && { _acted: acted.how }),
  }
}
