import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetchCall } from '../../../src/view/copy/fetch.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

interface Call {
  readonly url: string
  readonly options: { method: string; headers?: Record<string, string>; body?: string | Uint8Array }
}

/** Runs the code with a `fetch` that keeps what it was given. */
async function run(code: string): Promise<Call> {
  let call: Call | undefined
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (fetch: unknown) => Promise<void>
  await new AsyncFunction('fetch', code)(async (url: string, options: Call['options']) => {
    call = { url, options }
  })
  return call!
}

test('hostile strings come through exactly', async () => {
  for (const text of hostile) {
    const exchange = exchangeOf({ head: { method: 'POST', path: `/${text}` }, headers: [['X', text]] })
    const { url, options } = await run(fetchCall.copy(exchange, Buffer.from(`${text}\u2028`)))
    assert.equal(url, `https://a.test/${text}`)
    assert.equal(options.headers!.X, text)
    assert.equal(options.body, `${text}\u2028`)
  }
})

test('bytes that are no text stay bytes', async () => {
  const { options } = await run(fetchCall.copy(exchangeOf({ head: { method: 'PUT' } }), Uint8Array.of(0, 255)))
  assert.deepEqual(options.body, Uint8Array.of(0, 255))
})

test('what fetch refuses is left out and said', async () => {
  const code = fetchCall.copy(exchangeOf(), Buffer.from('x'))
  assert.equal((await run(code)).options.body, undefined)
  assert.match(code, /no body with this method/)
})

test('code shows what it does', () => {
  assert.doesNotMatch(fetchCall.copy(exchangeOf({ headers: [['X', '\x9b']] }), Buffer.from('\u202e')), /[\x9b\u202e]/)
  assert.match(
    fetchCall.copy(exchangeOf({ head: { method: 'POST' } }), new Uint8Array(70_000)),
    /readFile\('request-body\.bin'\)/,
  )
  assert.doesNotMatch(fetchCall.copy(exchangeOf(), noBody), /headers|body/)
})
