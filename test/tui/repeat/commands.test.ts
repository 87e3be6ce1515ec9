import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actions, Came, OwnRequests } from '../../../src/tui/actions.ts'
import type { Outlets } from '../../../src/tui/command.ts'
import { compose, editing, repeating } from '../../../src/tui/repeat/commands.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { flowRow, rowWorld } from '../world.ts'

const world = rowWorld([])
const row = flowRow(7)
const bytes = Buffer.from('GET http://a HTTP/1.1\n\n')

/** What is sent, and how the person leaves the text in the editor. */
function outlets(left: string | Error = String(bytes), also: Partial<OwnRequests> = {}) {
  const sent: unknown[][] = []
  const came = async (...said: unknown[]): Promise<Came> => {
    sent.push(said)
    return { text: 'came', good: true }
  }
  const actions: Actions = {
    requests: {
      repeat: came,
      text: () => ({ name: 'x.http', bytes }),
      send: (text, flow) => came(String(text), flow),
      ...also,
    },
    rewrite: async () => {
      if (left instanceof Error) throw left
      return Buffer.from(left)
    },
  }
  const made: Outlets = { actions, write: () => {}, suspend: work => work() }
  return { made, sent }
}

const run = (effect: ReturnType<typeof repeating>, to: Outlets, argument = '') =>
  effect(initialState, world, to, argument)

test('a request is sent again once, or so often and so many at a time', async () => {
  const { made, sent } = outlets()
  for (const argument of ['', '100', '100 5', '3'])
    assert.deepEqual(
      await run(
        repeating(() => row),
        made,
        argument,
      ),
      { text: 'came', tone: 'good' },
    )
  assert.deepEqual(sent, [
    [7, 1, 1],
    [7, 100, 10],
    [7, 100, 5],
    [7, 3, 3],
  ])
  for (const argument of ['x', '0', '1 2 3', '1.5', '9999999'])
    assert.match(
      (await run(
        repeating(() => row),
        made,
        argument,
      ))!.text,
      /repeat needs how often/,
      argument,
    )
})

test('where there is no request, or nothing to send it, it says so', async () => {
  const { made } = outlets()
  assert.match(
    (await run(
      repeating(() => undefined),
      made,
    ))!.text,
    /no request here/,
  )
  assert.match(
    (await run(
      repeating(() => ({ ...row, kind: 'connection' })),
      made,
    ))!.text,
    /no request here/,
  )
  const nothing: Outlets = { actions: {}, write: () => {} }
  for (const effect of [repeating(() => row), editing(() => row), compose])
    assert.match((await run(effect, nothing))!.text, /Nothing runs/)
})

test('what is edited is sent; what was left as it was is not', async () => {
  const changed = outlets('GET http://b HTTP/1.1\n\n')
  assert.deepEqual(
    await run(
      editing(() => row),
      changed.made,
    ),
    { text: 'came', tone: 'good' },
  )
  assert.deepEqual(changed.sent, [['GET http://b HTTP/1.1\n\n', 7]])
  const same = outlets()
  assert.match(
    (await run(
      editing(() => row),
      same.made,
    ))!.text,
    /Nothing was changed/,
  )
  assert.match((await run(compose, same.made))!.text, /Nothing was written/)
  assert.deepEqual(same.sent, [])
})

test('a curl command is sent at once, and a new request from the editor', async () => {
  const { made, sent } = outlets('curl http://c')
  await run(compose, made, 'curl http://d')
  await run(compose, made)
  assert.deepEqual(sent, [
    ['curl http://d', undefined],
    ['curl http://c', undefined],
  ])
})

test('an editor that fails and a text that cannot be read are told', async () => {
  const failing = outlets(new Error('vi cannot be started'))
  assert.deepEqual(await run(compose, failing.made), { text: 'vi cannot be started', tone: 'bad' })
  const bad = outlets('x', { send: async () => Promise.reject(new Error('line 1: no')) })
  assert.deepEqual(await run(compose, bad.made), { text: 'line 1: no', tone: 'bad' })
  const lost = outlets('x', {
    text: () => {
      throw new Error('The body is lost.')
    },
  })
  assert.deepEqual(
    await run(
      editing(() => row),
      lost.made,
    ),
    { text: 'The body is lost.', tone: 'bad' },
  )
})
