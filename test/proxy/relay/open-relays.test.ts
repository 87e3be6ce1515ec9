import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpenRelays, type Pause } from '../../../src/proxy/relay/open-relays.ts'
import type { Rulings } from '../../../src/rules/rulings.ts'

const claimsAll: Rulings = { connection: () => undefined, claims: () => ({}) as never }
const claimsNone: Rulings = { connection: () => undefined, claims: () => undefined }

interface Stage {
  readonly relays: OpenRelays
  readonly done: string[]
  passed: number
  /** The recorder answers the last probe. */
  answer(pause: Pause): void
  probes(): number
  readonly close: () => void
}

function stage(isHttp2: boolean): Stage {
  const probes: number[] = []
  const relays = new OpenRelays((_id, event) => event.type === 'probed' && probes.push(event.probe))
  const done: string[] = []
  const made: Stage = {
    ...{ relays, done, passed: 0 },
    answer: pause => relays.answer(1, probes.at(-1)!, pause),
    probes: () => probes.length,
    close: relays.add(
      { id: 1, host: 'example.test', port: 443, scheme: 'https', alpn: isHttp2 ? 'h2' : 'http/1.1' },
      { passed: () => made.passed, say: bytes => done.push(bytes.toString('hex')), end: () => done.push('end') },
    ),
  }
  return made
}

test('a relay that no rule claims stays', () => {
  const { relays, probes } = stage(false)
  assert.deepEqual(relays.reconsider(claimsNone), [])
  assert.equal(probes(), 0)
})

test('HTTP/1 ends between two exchanges, and not before', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const it = stage(false)
  assert.deepEqual(
    it.relays.reconsider(claimsAll).map(({ host }) => host),
    ['example.test'],
  )
  it.answer('none')
  assert.deepEqual(it.done, [])
  t.mock.timers.tick(100)
  it.answer('exchanges')
  assert.deepEqual(it.done, ['end'])
})

test('what has passed since the probe makes its answer worth nothing', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const it = stage(false)
  it.relays.reconsider(claimsAll)
  it.passed = 10
  it.answer('exchanges')
  assert.deepEqual(it.done, [])
  t.mock.timers.tick(100)
  it.answer('exchanges')
  assert.deepEqual(it.done, ['end'])
})

test('HTTP/2 is told to go away between two frames, once, and ends when its streams are over', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const it = stage(true)
  it.relays.reconsider(claimsAll)
  for (const pause of ['none', 'frames', 'frames', 'exchanges'] as const) {
    it.answer(pause)
    t.mock.timers.tick(100)
  }
  assert.deepEqual(it.done, ['0000080700000000007fffffff00000000', 'end'])
})

test('a relay that is over is asked no more, and one that leaves is not asked twice', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const it = stage(false)
  it.relays.reconsider(claimsAll)
  assert.deepEqual(it.relays.reconsider(claimsAll), [])
  it.answer('none')
  it.close()
  t.mock.timers.tick(1000)
  assert.equal(it.probes(), 1)
})
