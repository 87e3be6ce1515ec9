import { createServer, type Server, type Socket } from 'node:net'

/** A server that does one thing as soon as the first bytes, the ClientHello, arrive. */
const onFirstBytes = (act: (socket: Socket) => void): Server =>
  createServer({ allowHalfOpen: true }, socket => {
    socket.once('data', () => act(socket))
    socket.once('end', () => socket.end())
  })

/** Answers a ClientHello with RST. */
export const resettingServer = () => onFirstBytes(socket => socket.resetAndDestroy())

/** Answers a ClientHello with FIN. */
export const closingServer = () => onFirstBytes(socket => socket.end())

/** A TLS 1.2 handshake record of 64 bytes that holds no handshake message. */
export const garbage = Buffer.from([0x16, 3, 3, 0, 64, ...Array.from({ length: 64 }, (_, index) => 255 - index)])

/** Answers a ClientHello with bytes that look like TLS for one record header. */
export const garbageServer = () => onFirstBytes(socket => socket.end(garbage))
