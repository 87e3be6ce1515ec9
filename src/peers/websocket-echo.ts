import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { acceptFor, type Frame, FrameReader, frame, opcodes } from './websocket-frames.ts'

/** Accepts a WebSocket (for an HTTP server's 'upgrade' event) and sends every message back; answers pings and closes. */
export function echoWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => {})
  const key = request.headers['sec-websocket-key']
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || !key) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    return
  }
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${acceptFor(key)}\r\n\r\n`,
  )
  const reader = new FrameReader()
  const take = (bytes: Buffer) => {
    try {
      for (const received of reader.push(bytes)) if (!socket.writableEnded) answer(socket, received)
    } catch {
      close(socket, 1009) // message too big
    }
  }
  socket.on('data', take)
  if (head.length > 0) take(head)
}

function answer(socket: Duplex, received: Frame): void {
  const { opcode, payload, final, masked } = received
  if (!masked)
    close(socket, 1002) // RFC 6455 5.1: a client must mask
  else if (opcode === opcodes.close) socket.end(frame(opcodes.close, payload, false))
  else if (opcode === opcodes.ping) socket.write(frame(opcodes.pong, payload, false))
  else if (opcode !== opcodes.pong) socket.write(frame(opcode, payload, false, final))
}

function close(socket: Duplex, code: number): void {
  if (!socket.writableEnded) socket.end(frame(opcodes.close, Buffer.of(code >> 8, code & 0xff), false))
}
