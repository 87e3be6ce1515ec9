import type { Duplex } from 'node:stream'

const patience = 30_000 // ms for a side that does not read what was said to it last

/** Ends a stream, and destroys it when what is written has gone out. */
export function destroySoon(stream: Duplex): void {
  if (stream.writable) stream.end()
  if (stream.writableFinished || stream.destroyed) return void stream.destroy()
  const timer = setTimeout(() => stream.destroy(), patience).unref()
  stream.once('finish', () => stream.destroy()).once('close', () => clearTimeout(timer))
}
