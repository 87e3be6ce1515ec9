import assert from 'node:assert/strict'

export interface Splittable<T> {
  push(bytes: Uint8Array): void
  /** What the reader made of all it was given; nothing in it may be a view of what was pushed. */
  answer(): T
}

/**
 * A reader must give the same answer wherever the network cuts: reads `bytes` whole, one at a time and in every two-way
 * split. Pushed bytes are overwritten after each push, so that a reader which keeps a view of them is found out.
 */
export function everySplit<T>(bytes: Uint8Array, make: () => Splittable<T>): T {
  const whole = read([bytes], make)
  assert.deepEqual(
    read(
      Array.from(bytes, byte => Uint8Array.of(byte)),
      make,
    ),
    whole,
    'one byte at a time',
  )
  for (let cut = 1; cut < bytes.length; cut++)
    assert.deepEqual(read([bytes.subarray(0, cut), bytes.subarray(cut)], make), whole, `cut at byte ${cut}`)
  return whole
}

function read<T>(pieces: readonly Uint8Array[], make: () => Splittable<T>): T {
  const reader = make()
  for (const piece of pieces) {
    const copy = Buffer.from(piece) // as the recorder has them: of a Buffer even slice() is a view
    reader.push(copy)
    copy.fill(0xaa)
  }
  return reader.answer()
}
