import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FrameKind, FrameOutline } from '../../src/tape/outline.ts'

/** A letter, D where the payload can be missed, and how many hundred bytes follow. */
const kind: FrameKind = {
  size: () => 2,
  begin: header => ({ left: header[1]! * 100, free: header[0] === 68 }),
}

const frame = (letter: string, hundreds: number): Buffer =>
  Buffer.concat([Buffer.from([letter.charCodeAt(0), hundreds]), Buffer.alloc(hundreds * 100, letter.toLowerCase())])

/** What is kept of a stream that is cut at every chunk; what is missed stands as dots. */
function kept(stream: Buffer, chunks: readonly number[], isBehind: (chunk: number) => boolean): string {
  const outline = new FrameOutline(kind)
  let text = ''
  let at = 0
  for (const [i, length] of [...chunks, stream.length].entries()) {
    const bytes = stream.subarray(at, at + length)
    at += bytes.length
    const keep = (part: Uint8Array): void => {
      text += Buffer.from(part).toString('latin1')
    }
    if (isBehind(i)) outline.cut(bytes, keep, missed => (text += '.'.repeat(missed)))
    else {
      outline.follow(bytes)
      keep(bytes)
    }
  }
  return text
}

test('wherever the network cuts, only what can be missed is, and every byte is accounted for', () => {
  const letters = fc.record({ letter: fc.constantFrom('D', 'H'), hundreds: fc.nat(9) })
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 12 }),
      fc.array(fc.nat(700)),
      fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
      (frames, chunks, behind) => {
        const stream = Buffer.concat(frames.map(({ letter, hundreds }) => frame(letter, hundreds)))
        const text = kept(stream, chunks, i => behind[i % behind.length]!)
        assert.equal(text.length, stream.length)
        for (const [i, shown] of [...text].entries())
          assert.ok(shown === '.' ? stream[i] === 100 : shown.charCodeAt(0) === stream[i], `byte ${i}`)
      },
    ),
  )
})

test('a recorder that is behind is spared the payloads, and parts too small to be worth it are kept', () => {
  const stream = Buffer.concat([frame('D', 3), frame('H', 1), frame('D', 1)])
  const all = kept(stream, [], () => true)
  assert.equal(all, `D\x03${'.'.repeat(300)}H\x01${'h'.repeat(100)}D\x01${'d'.repeat(100)}`)
})
