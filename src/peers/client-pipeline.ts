import type { Socket } from 'node:net'
import { ClientFailure } from './client-failure.ts'
import { type Ask, http1Headers, methodOf, pathOf, type Reply } from './client-reply.ts'

const maxHead = 64 * 1024 // bytes

/**
 * Writes all requests at once and reads the responses in order (RFC 9112 9.3.2). Only for servers that answer with
 * Content-Length; rejects with `UNREADABLE` at anything else.
 */
export function askPipelined(socket: Socket, runs: readonly { ask: Ask; reply: Reply }[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = runs.map(run => run.reply)
    let held: Buffer = Buffer.alloc(0)
    let left = 0 // bytes of the body that is being read
    socket.on('error', reject)
    socket.once('close', () => reject(new ClientFailure('CLOSED', `closed with ${waiting.length} responses to come`)))
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes])
      try {
        while (waiting.length > 0) {
          const reply = waiting[0]!
          if (reply.status === undefined) {
            const end = held.indexOf('\r\n\r\n')
            if (end < 0 && held.length > maxHead) throw unreadable('a head without an end')
            if (end < 0) return
            left = readHead(held.subarray(0, end).toString('latin1'), reply)
            held = held.subarray(end + 4)
          }
          const part = held.subarray(0, left)
          if (part.length > 0) reply.chunk(part)
          held = held.subarray(part.length)
          left -= part.length
          if (left > 0) return
          reply.whole = true
          waiting.shift()
        }
        resolve()
      } catch (error) {
        reject(error)
      }
    })
    socket.write(Buffer.concat(runs.map(run => requestBytes(run.ask))))
  })
}

const unreadable = (what: string) => new ClientFailure('UNREADABLE', `a pipelined response has ${what}`)

function requestBytes(ask: Ask): Buffer {
  const lines = http1Headers(ask).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `${methodOf(ask)} ${pathOf(ask.url)} HTTP/1.1\r\n${lines.join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(ask.body ?? '')])
}

/** Fills the reply's head; answers the length of its body. */
function readHead(head: string, reply: Reply): number {
  const [statusLine = '', ...lines] = head.split('\r\n')
  const status = /^HTTP\/1\.1 ([2-5]\d\d)(?: |$)/.exec(statusLine)?.[1]
  if (!status) throw unreadable('no status line')
  const raw = lines.flatMap(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim()]
  })
  const at = raw.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length')
  const length = at < 0 ? undefined : raw[at + 1]
  if (!length || !/^\d{1,9}$/.test(length)) throw unreadable('no Content-Length')
  reply.head(Number(status), raw)
  return Number(length)
}
