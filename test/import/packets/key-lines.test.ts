import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyLines } from '../../../src/import/packets/key-lines.ts'

const random = 'ab'.repeat(32)
const line = `CLIENT_RANDOM ${random.toUpperCase()} ${'cd'.repeat(48)}`

test('lines are found by their client random, whatever stands around them', () => {
  const keys = new KeyLines()
  keys.add(
    `# comment\r\n${line}\r\nnonsense ${random} zz\n${line}\nSERVER_TRAFFIC_SECRET_0 ${random} ${'ef'.repeat(32)}`,
  )
  assert.deepEqual(keys.linesFor(Buffer.from(random, 'hex')), [
    line,
    `SERVER_TRAFFIC_SECRET_0 ${random} ${'ef'.repeat(32)}`,
  ])
  assert.deepEqual([keys.linesFor(Buffer.alloc(32)), keys.size], [[], 1])
})

test('an RSA line is found by what it opens', () => {
  const keys = new KeyLines()
  keys.add(`RSA 0102030405060708 ${'cd'.repeat(48)}`)
  assert.equal(keys.linesForPreMaster(Buffer.from('0102030405060708ffff', 'hex')).length, 1)
  assert.equal(keys.linesForPreMaster(Buffer.from('01020304', 'hex')).length, 0)
})

test('a log in pieces is read as a whole one', () => {
  const keys = new KeyLines()
  for (const piece of `${line}\n${line.replace(/ab/gi, 'aa')}`.match(/[\s\S]{1,7}/g)!) keys.push(piece)
  assert.equal(keys.size, 1)
  keys.end()
  assert.equal(keys.size, 2)
})
