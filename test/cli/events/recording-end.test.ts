import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordingEnd } from '../../../src/cli/events/recording-end.ts'
import { parseFilter } from '../../../src/filter/parser.ts'
import type { Told } from '../../../src/view/json/event-json.ts'

const flow = (id: number, event: 'flow-begun' | 'flow-ended' = 'flow-ended'): Told =>
  ({ event, flow: { id } }) as unknown as Told
const fits = (...ids: number[]) => ({
  matching: (_: unknown, __: number, range?: { first: number; last: number }) =>
    ids.filter(id => id >= range!.first && id <= range!.last),
})
const undecided = Symbol()
const now = (end: { reached: Promise<unknown> }) => Promise.race([end.reached, Promise.resolve(undecided)])

test('a time ends it', async () => {
  const end = recordingEnd({ for: 5 })
  assert.equal(await now(end), undecided)
  assert.equal(await end.reached, 'for')
})

test('so many flows that have ended end it', async () => {
  const end = recordingEnd({ count: 2 })
  for (const event of [flow(1, 'flow-begun'), flow(2, 'flow-begun'), flow(2)]) end.hear(event, fits())
  assert.equal(await now(end), undecided)
  end.hear(flow(1), fits())
  assert.equal(await end.reached, 'count')
})

test('the first that fits ends it when it has ended, and not before', async () => {
  const end = recordingEnd({ until: parseFilter('~c 200'), count: 9 })
  end.hear(flow(1), fits(2))
  end.hear(flow(2, 'flow-begun'), fits(2))
  assert.equal(await now(end), undecided)
  end.hear(flow(2), fits(2))
  assert.equal(await end.reached, 'until')
})

test('what nobody wishes is never reached, and a time that is called off is over', async () => {
  const end = recordingEnd({ for: 1 })
  end.cancel()
  const never = recordingEnd({})
  never.hear(flow(1), fits(1))
  await new Promise(resolve => setTimeout(resolve, 10))
  assert.deepEqual([await now(end), await now(never)], [undecided, undecided])
})
