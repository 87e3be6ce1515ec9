import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { holdKeys } from '../../src/cli/hold-keys.ts'

/** A keyboard, and what was asked of its terminal. */
function keyboard() {
  const modes: boolean[] = []
  const stream = Object.assign(new PassThrough(), {
    setRawMode(raw: boolean) {
      modes.push(raw)
      return stream
    },
    unref: () => stream,
  })
  return { stream, modes }
}

const settle = () => new Promise(resolve => setImmediate(resolve))

test('what was typed before is what the next reader gets first', async () => {
  const { stream, modes } = keyboard()
  const release = holdKeys(stream as never, () => assert.fail('nobody interrupts'))
  for (const key of ['j', 'j', '\r']) stream.write(key)
  await settle()
  release()
  assert.deepEqual(modes, [true])
  stream.setEncoding('utf8')
  stream.write('q')
  let heard = ''
  stream.on('readable', () => {
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) heard += chunk
  })
  await settle()
  await settle()
  assert.equal(heard, 'jj\rq')
})

test('Ctrl-C interrupts at once, and nobody reads it as a key', async () => {
  const { stream } = keyboard()
  let interrupts = 0
  const release = holdKeys(stream as never, () => interrupts++)
  stream.write('\x03')
  await settle()
  assert.equal(interrupts, 1)
  release()
  assert.equal(stream.read(), null)
})

test('where nothing was typed yet the next reader hears what comes', async () => {
  const { stream } = keyboard()
  await settle()
  holdKeys(stream as never)()
  let heard = ''
  stream.setEncoding('utf8')
  stream.on('readable', () => {
    heard += stream.read() ?? ''
  })
  await settle()
  stream.write('j')
  await settle()
  assert.equal(heard, 'j')
})
