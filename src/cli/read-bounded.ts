import { closeSync, constants, openSync, readSync } from 'node:fs'

const { O_NONBLOCK = 0, O_RDONLY } = constants
const patience = 5000 // ms, with a pipe
const pause = 20 // ms

/**
 * The bytes of a file that a person named: a device or pipe that never ends, or says nothing, is not waited for. Throws
 * Node's error, EFBIG where there are more than `most` bytes and ETIMEDOUT where a pipe stays silent.
 */
export function readBounded(path: string, most: number): Buffer {
  const file = openSync(path, O_RDONLY | O_NONBLOCK)
  const parts: Buffer[] = []
  const until = performance.now() + patience
  try {
    for (let left = most; ; ) {
      const part = Buffer.allocUnsafe(65_536)
      const length = readOrWait(file, part, until)
      if (length === 0) return Buffer.concat(parts)
      left -= length
      if (left < 0) throw errorOf('EFBIG', `${path} is longer than ${most} bytes`)
      parts.push(part.subarray(0, length))
    }
  } finally {
    closeSync(file)
  }
}

function readOrWait(file: number, into: Buffer, until: number): number {
  for (;;)
    try {
      return readSync(file, into)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      if (performance.now() > until) throw errorOf('ETIMEDOUT', 'nothing came')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause)
    }
}

const errorOf = (code: string, message: string): Error => Object.assign(new Error(message), { code })
