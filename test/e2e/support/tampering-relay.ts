import net from 'node:net'
import { listenFor } from './origin.ts'
import type { Owner } from './processes.ts'

export type Way = 'to-server' | 'to-client'

/** Changes the bytes of a TLS record in place, header included. `index` counts the records of its direction from 0. */
export type Tamper = (record: Buffer, way: Way, index: number) => void

/** A man in the middle in front of a local port: every TLS record that passes is shown to `tamper` first. Its port. */
export function startTamperingRelay(owner: Owner, serverPort: number, tamper: Tamper): Promise<number> {
  const server = net.createServer({ allowHalfOpen: true }, client => {
    const upstream = net.connect({ port: serverPort, host: '127.0.0.1', allowHalfOpen: true })
    forward(client, upstream, (record, index) => tamper(record, 'to-server', index))
    forward(upstream, client, (record, index) => tamper(record, 'to-client', index))
  })
  return listenFor(owner, server)
}

function forward(from: net.Socket, to: net.Socket, tamper: (record: Buffer, index: number) => void): void {
  let unread: Buffer = Buffer.alloc(0)
  let index = 0
  from.on('data', (bytes: Buffer) => {
    unread = Buffer.concat([unread, bytes])
    while (unread.length >= 5 && unread.length >= 5 + unread.readUInt16BE(3)) {
      const record = unread.subarray(0, 5 + unread.readUInt16BE(3))
      unread = unread.subarray(record.length)
      tamper(record, index++)
      to.write(record)
    }
  })
  from.on('error', () => to.resetAndDestroy())
  from.once('end', () => to.end())
  from.once('close', () => to.destroySoon())
}

/** Flips one bit of the last byte: of the tag or the MAC, where the record is encrypted. */
export const flipLast = (record: Buffer): void => {
  record[record.length - 1]! ^= 1
}
