import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gathered, intoFile } from '../../src/export/into-file.ts'
import { lacking } from '../lacking.ts'
import { inFolder } from '../store/samples.ts'

test('the file is whole, the person’s alone, and in the place of the old one', () =>
  inFolder(async folder => {
    const path = join(folder, 'a.har')
    writeFileSync(path, 'old', { mode: 0o644 })
    await intoFile(path, ['one ', Buffer.from('two '), 'three'])
    assert.equal(readFileSync(path, 'utf8'), 'one two three')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(folder), ['a.har'])
  }))

test('a failure leaves the old file and nothing beside it', () =>
  inFolder(async folder => {
    const path = join(folder, 'a.har')
    writeFileSync(path, 'old')
    const failing = function* () {
      yield 'x'.repeat(1 << 20)
      throw new Error('the capture is damaged')
    }
    await assert.rejects(intoFile(path, failing()), /the capture is damaged/)
    await assert.rejects(
      intoFile(path, ['x'.repeat(1 << 20)], async () => {
        throw new Error('ended')
      }),
      /ended/,
    )
    assert.equal(readFileSync(path, 'utf8'), 'old')
    assert.deepEqual(readdirSync(folder), ['a.har'])
    await assert.rejects(intoFile(join(folder, 'none', 'a'), ['x']), /ENOENT/)
  }))

test('a pipe is written to and stays', { skip: lacking('mkfifo') }, () =>
  inFolder(async folder => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const reading = import('node:fs/promises').then(({ readFile }) => readFile(path, 'utf8'))
    await new Promise(resolve => setTimeout(resolve, 100))
    await intoFile(path, ['through'])
    assert.equal(await reading, 'through')
    assert.ok(statSync(path).isFIFO())
  }),
)

test('small pieces of text are joined, and the order stays', () => {
  assert.deepEqual([...gathered(['a', 'b', '', 'ö'])], ['abö'])
  assert.deepEqual([...gathered(['a', Uint8Array.of(0xff), 'ö'])], [Buffer.from('61ffc3b6', 'hex')])
  const large = 'x'.repeat(300_000)
  assert.deepEqual([...gathered([large, 'y', 'z'])], [large, 'yz'])
  assert.deepEqual([...gathered([])], [])
})
