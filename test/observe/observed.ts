/** Conversations as the tests of the observers play them. */
import type { PlainOptions } from '../../src/observe/plain.ts'
import { observePlain } from '../../src/observe/plain-observer.ts'
import { everySplit } from '../wire/every-split.ts'
import { withstands } from './damage.ts'
import { context, type Part, Transcript } from './transcript.ts'

interface Run {
  readonly alpn?: string | undefined
  readonly options?: PlainOptions
  /** Ends the connection after the last part. */
  readonly close?: boolean
}

function play(parts: readonly Part[], { alpn, options, close }: Run) {
  const transcript = new Transcript()
  const observer = observePlain(context, alpn, transcript, options)
  let part = 0
  let offset = 0
  /** Plays what is no bytes, up to the next bytes. */
  const others = () => {
    for (; part < parts.length; part++) {
      const [direction, what] = parts[part]!
      if (typeof what === 'number') observer.gap(direction, 0, what)
      else if (what === 'FIN') observer.end(direction, 0)
      else if (what.length > 0) return
    }
  }
  others()
  return {
    push(bytes: Uint8Array): void {
      for (let at = 0; at < bytes.length; ) {
        const [direction, what] = parts[part]!
        const length = Math.min(bytes.length - at, (what as string).length - offset)
        observer.push(direction, 0, bytes.subarray(at, at + length))
        at += length
        offset += length
        if (offset < (what as string).length) return
        offset = 0
        part++
        others()
      }
    },
    answer(): string[] {
      if (close) observer.close(0, 'client', 'closed')
      return transcript.lines
    },
  }
}

const accidents = 25 // for each conversation of every test

/** The transcript of a conversation, the same wherever its bytes are cut; and no damage to it upsets an observer. */
export function observed(parts: readonly Part[], run: Run = {}): string[] {
  withstands(parts, run.alpn, accidents)
  const bytes = parts.flatMap(([, what]) =>
    typeof what === 'number' || what === 'FIN' ? [] : [Buffer.from(what as string, 'latin1')],
  )
  return everySplit(Buffer.concat(bytes), () => play(parts, run))
}
