import { BoundedMap } from './bounded-map.ts'
import { latin1 } from './latin1.ts'

const most = 256 // answers
const longest = 16_384 // bytes asked about: more than a certificate has

/**
 * The same function, its last answers kept: connections to one host show the same certificates again and again. It is
 * called with a copy of the bytes, so that an answer does not hold the buffer that they stand in. What throws is not kept.
 */
export function remembered<Questions extends readonly Uint8Array[], T>(
  ask: (...questions: Questions) => T,
): (...questions: Questions) => T {
  const answers = new BoundedMap<string, { readonly answer: T }>(most)
  return (...questions) => {
    if (questions.reduce((sum, { length }) => sum + length, 0) > longest) return ask(...questions)
    const key = questions.map(bytes => `${bytes.length} ${latin1(bytes)}`).join('')
    const known = answers.get(key)
    if (known) return known.answer
    const answer = ask(...(questions.map(bytes => new Uint8Array(bytes)) as unknown as Questions))
    answers.set(key, { answer })
    return answer
  }
}
