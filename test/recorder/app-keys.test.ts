import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppKeys } from '../../src/recorder/app-keys.ts'

const random = 'ab'.repeat(32)
const line = (label: string, of = random, secret = '00'.repeat(48)): string => `${label} ${of} ${secret}`

test('lines are found by the client random in them, each once, sixteen at most', () => {
  const keys = new AppKeys()
  for (const text of [line('CLIENT_RANDOM'), line('CLIENT_RANDOM'), line('EXPORTER_SECRET', random.toUpperCase())])
    keys.add(text)
  keys.add(line('CLIENT_RANDOM', 'cd'.repeat(32)))
  assert.equal(keys.linesFor(Buffer.from(random, 'hex')).length, 2)
  for (let i = 0; i < 50; i++) keys.add(line(`L${i}`))
  assert.equal(keys.linesFor(Buffer.from(random, 'hex')).length, 16)
})

test('what is no line of a key log says nothing', () => {
  const keys = new AppKeys()
  for (const text of [
    '',
    '# comment',
    random,
    line('lower'),
    line('RSA', 'short'),
    `${line('A')}\0`,
    line('A', random, 'xy'),
  ])
    keys.add(text)
  assert.deepEqual(keys.linesFor(Buffer.from(random, 'hex')), [])
})
