import { type SeenHello, seeHello } from '../../src/proxy/hello/seen-hello.ts'
import { firstWords } from '../../src/proxy/tunnel/first-words.ts'
import type { MemoryTape } from './memory-tape.ts'

/** The first ClientHello on the client leg and on the upstream leg. */
export const helloMessagesOn = (tape: MemoryTape): (SeenHello | undefined)[] =>
  ['client to-server', 'upstream to-server'].map(name => {
    const parts = tape.wires.filter(({ lane }) => lane === name).map(({ bytes }) => bytes)
    const bytes = Buffer.concat(parts)
    const words = firstWords(bytes.subarray(Math.max(0, bytes.indexOf(Buffer.of(22, 3)))))
    return words?.kind === 'hello' ? seeHello(words.message) : undefined
  })
