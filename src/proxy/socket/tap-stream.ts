import { Duplex } from 'node:stream'
import type { WireTap } from './wire-tap.ts'

/** A tap as a whole stream, for who needs more of one than TLS does. It ends and fails with the tap, and the tap with it. */
export function streamOver(tap: WireTap): Duplex {
  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => void tap.resume(),
    write(bytes: Buffer, _encoding, done) {
      if (tap.write(bytes)) done()
      else tap.onceDrained(done)
    },
    final(done) {
      tap.end()
      done()
    },
    destroy(error, done) {
      tap.destroy()
      done(error)
    },
  })
  tap.on('data', (bytes: Buffer) => {
    if (!stream.push(Buffer.from(bytes))) tap.pause() // whose bytes may be gone later
  })
  tap.once('end', () => stream.push(null))
  tap.once('close', () => stream.destroy())
  if (tap.destroyed) stream.destroy()
  return stream
}
