import type { Break } from '../../../../rules/verdict.ts'
import type { FieldLine } from '../../../../wire/http1/field-lines.ts'
import { plainLines } from '../../../../wire/http1/write-head.ts'
import type { Way } from './way.ts'

/** Where the body of one message goes. Views are good until the call returns. */
export interface Outlet {
  body(framed: Uint8Array, parts: readonly Uint8Array[]): void
  end(trailers: readonly FieldLine[] | undefined): void
}

/** As it came. */
export const passing = (way: Way, done: () => void): Outlet => ({
  body: framed => way.write(framed, 'body'),
  end: () => way.whenGone(done),
})

/** Goes nowhere; `seen` is told of its bytes. */
export const swallowing = (done: () => void, seen?: (part: Uint8Array) => void): Outlet => ({
  body: (_framed, parts) => {
    if (seen) for (const part of parts) seen(part)
  },
  end: done,
})

/** Another body is in its place, whose trailers are those that came. */
export function chunkEnd(way: Way, outlet: Outlet): Outlet {
  return {
    body: outlet.body,
    end(trailers) {
      way.write(lastChunk(trailers), 'body')
      outlet.end(trailers)
    },
  }
}

export const lastChunk = (trailers: readonly FieldLine[] = []): Uint8Array =>
  Buffer.from(`0\r\n${plainLines(trailers)}\r\n`, 'latin1')

/** One chunk (RFC 9112 7.1); nothing for no bytes, as that would be the last. */
export const chunkOf = (bytes: Uint8Array): Uint8Array =>
  bytes.length === 0 ? bytes : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, crlf])

const crlf = Buffer.from('\r\n')

export interface Cut {
  readonly after: number
  readonly how: Break
}

/** Goes on as it came until so many bytes of the body have gone, of which `sent` is told, and then breaks off. */
export function cutting(
  way: Way,
  cut: Cut,
  breakOff: (how: Break) => void,
  sent: (part: Uint8Array) => void = () => {},
): Outlet {
  let left = cut.after
  let broken = false
  const breaks = (): void => {
    if (broken) return
    broken = true
    way.whenGone(() => breakOff(cut.how))
  }
  return {
    body(framed, parts) {
      if (broken) return
      for (const part of parts) {
        sent(part.subarray(0, left))
        if (part.length < left) {
          left -= part.length
          continue
        }
        way.write(framed.subarray(0, part.byteOffset - framed.byteOffset + left), 'body')
        return breaks()
      }
      way.write(framed, 'body')
    },
    end: breaks,
  }
}
