import { type OnReadOpts, Socket } from 'node:net'

const readBytes = 65_536 // what libuv asks for at once

/**
 * Lets a socket read into one buffer that all sockets of the thread share: its `data` events then carry bytes that are
 * valid until the listener returns. A read of its own for each chunk would take 64 KB from the heap's allowance of
 * external memory, and again for what TLSSocket decrypts from it: with small messages a full collection every 50 ms.
 */
export const sharedRead: OnReadOpts = {
  buffer: Buffer.allocUnsafeSlow(readBytes),
  callback(this: Socket, length: number, buffer: Uint8Array): boolean {
    this.emit('data', (buffer as Buffer).subarray(0, length))
    return true
  },
}

interface WithHandle {
  _handle: object | null
}

/** A socket that net.Server accepted and that nobody has read from, reading into the shared buffer; half-open allowed. */
export function readShared(accepted: Socket): Socket {
  const { _handle: handle } = accepted as unknown as WithHandle
  ;(accepted as unknown as WithHandle)._handle = null
  const socket = new Socket({ handle, onread: sharedRead, allowHalfOpen: true, manualStart: true } as object)
  socket.once('close', () => accepted.destroy()) // its server counts it until then
  return socket
}
