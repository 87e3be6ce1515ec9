import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { Claims } from '../../../../../src/rules/claims.ts'
import { acting } from './acting-http1.ts'

type Frame = 'none' | 'length' | 'chunked'

/** A message as a whole: lines, and a body in pieces. */
interface Whole {
  readonly start: string
  readonly lines: readonly string[]
  readonly frame: Frame
  readonly pieces: readonly string[]
  readonly act: 'nothing' | 'pass' | 'head' | 'body' | 'both'
  readonly late: boolean
  readonly most: number
}

const line = fc.constantFrom('a: 1', 'A:2', 'b:  3 ', 'a: 1', 'fold: x\r\n y', 'Z : z', 'empty:')
const piece = fc.constantFrom('x', 'yy\r\n', '0\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'z'.repeat(40))
const message = (start: fc.Arbitrary<string>, frames: readonly Frame[]): fc.Arbitrary<Whole> =>
  fc.record({
    start,
    lines: fc.array(line, { maxLength: 4 }),
    frame: fc.constantFrom(...frames),
    pieces: fc.array(piece, { minLength: 1, maxLength: 3 }),
    act: fc.constantFrom('nothing', 'pass', 'head', 'body', 'both'),
    late: fc.boolean(),
    most: fc.constantFrom(0, 5, 1000),
  })
const exchange = fc.record({
  request: message(fc.constantFrom('GET /a HTTP/1.1', 'POST /b?c HTTP/1.1'), ['none', 'length', 'chunked']),
  response: message(fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.1 404 '), ['length', 'chunked']),
  answered: fc.boolean(),
})

const [added, other] = ['New: field', 'an other body']

/** What the receiver gets, by a naive implementation that has all of the message before it. */
function written({ start, lines, frame, pieces, act }: Whole, isChanged: boolean): string {
  const body = pieces.join('')
  const changesBody = isChanged && (act === 'body' || act === 'both')
  const changesHead = isChanged && (act === 'head' || act === 'both')
  const sent = changesBody ? [other] : pieces
  const framing =
    frame === 'length'
      ? [`Content-Length: ${(changesBody ? other : body).length}`]
      : frame === 'chunked'
        ? ['Transfer-Encoding: chunked']
        : []
  const more = frame === 'none' && changesBody ? [`Content-Length: ${other.length}`] : []
  const head = [start, ...framing, ...lines, ...(changesHead ? [added] : []), ...more, '', ''].join('\r\n')
  if (frame === 'chunked') {
    const chunks = sent.map(part => `${part.length.toString(16)}${changesBody ? '' : ';e'}\r\n${part}\r\n`)
    return `${head}${chunks.join('')}0\r\nT: r\r\n\r\n`
  }
  if (frame === 'none') return `${head}${changesBody ? other : ''}`
  return `${head}${sent.join('')}`
}

/** Claims a message as it says. */
function claim(whole: Whole | undefined): ReturnType<Claims['request']> & ReturnType<Claims['response']> {
  if (!whole || whole.act === 'nothing') return undefined as never
  const { act, late, most } = whole
  return {
    most,
    act({ head }: { readonly head: { readonly headers: readonly Header[] } }) {
      const changed = { ...head, headers: [...head.headers, ['New', 'field']] }
      const verdict = {
        type: act === 'pass' ? 'pass' : 'change',
        acts: [],
        ...(act === 'head' || act === 'both' ? { head: changed } : {}),
        ...(act === 'body' || act === 'both' ? { body: Buffer.from(other) } : {}),
      }
      return late ? new Promise(resolve => setImmediate(() => resolve(verdict))) : verdict
    },
  } as never
}

test('whatever is claimed, and however the bytes are cut, the result is that of a naive implementation', async () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.array(exchange, { minLength: 1, maxLength: 5 }), cuts, async (exchanges, sizes) => {
      const tea = "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 3\r\n\r\ntea"
      const script = acting({
        request(place) {
          const { answered, request } = exchanges[place - 1]!
          if (!answered) return claim(request)
          return {
            most: request.most,
            act: () => ({ type: 'answer', acts: [], answer: { status: 418, headers: [], body: Buffer.from('tea') } }),
          }
        },
        response: place => claim(exchanges[place - 1]?.response),
      })
      const say = async (direction: 'to-server' | 'to-client', text: string): Promise<void> => {
        for (let at = 0, i = 0; at < text.length; i++) {
          const size = sizes[i % sizes.length]!
          script.say(direction, text.slice(at, at + size))
          at += size
          if (i % 3 === 0) await new Promise(setImmediate)
        }
        await script.settled()
      }
      await say('to-server', exchanges.map(({ request }) => written(request, false)).join(''))
      const asked = exchanges.filter(({ answered }) => !answered)
      await say('to-client', asked.map(({ response }) => written(response, false)).join(''))
      const { server, client } = await script.settled()
      assert.equal(server, asked.map(({ request }) => written(request, true)).join(''))
      assert.equal(client, exchanges.map(each => (each.answered ? tea : written(each.response, true))).join(''))
    }),
    { numRuns: 300 },
  )
})
