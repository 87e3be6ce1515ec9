import assert from 'node:assert/strict'
import type { Take } from '../../../src/wire/socks/whole.ts'

/** Of no beginning anything is made; the whole has this value, and what follows is not touched. */
export function atEverySplit<T>(take: Take<T>, bytes: Buffer, value: T): void {
  for (let cut = 0; cut < bytes.length; cut++)
    assert.equal(take(bytes.subarray(0, cut)), undefined, `cut at byte ${cut}`)
  const whole = { value, length: bytes.length }
  assert.deepEqual(take(bytes), whole)
  assert.deepEqual(take(Buffer.concat([bytes, Buffer.from([0x16, 3, 1, 0])])), whole)
}
