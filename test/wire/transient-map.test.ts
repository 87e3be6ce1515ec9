import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TransientMap } from '../../src/wire/transient-map.ts'

test('it holds what a Map would', () => {
  const step = fc.record({ key: fc.nat({ max: 8 }), value: fc.option(fc.nat(), { nil: undefined }) })
  fc.assert(
    fc.property(fc.array(step), steps => {
      const [ours, model] = [new TransientMap<number>(), new Map<number, number>()]
      for (const { key, value } of steps) {
        for (const map of [ours, model]) value === undefined ? map.delete(key) : map.set(key, value)
        assert.equal(ours.size, model.size)
        for (let i = 0; i <= 8; i++) assert.equal(ours.get(i), model.get(i))
      }
      assert.deepEqual(ours.values().toSorted(), [...model.values()].toSorted())
      ours.clear()
      assert.equal(ours.size, 0)
    }),
  )
})
