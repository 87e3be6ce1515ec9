import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { consents } from '../../src/cli/consent.ts'

function deskWith(answer?: string) {
  const input: PassThrough & { isTTY?: boolean } = new PassThrough()
  if (answer !== undefined) {
    input.isTTY = true
    input.end(answer)
  }
  const output = new PassThrough()
  let text = ''
  output.on('data', part => {
    text += part
  })
  return { input, output, shown: () => text }
}

test('commands are shown before they are agreed to, made printable', async () => {
  const desk = deskWith('y\n')
  assert.equal(await consents(['rm -f x\u001b[2J'], false, desk), true)
  await new Promise(setImmediate)
  const shown = desk.shown()
  assert.match(shown, /^As root:\n {2}rm -f x.*\nRun them\? \[y\/N\]/)
  assert.ok(!shown.includes('\u001b[2J'))
})

for (const [answer, agreed] of [
  ['yes\n', true],
  ['Y\n', true],
  ['n\n', false],
  ['\n', false],
  ['yesterday\n', false],
  ['', false],
] as const)
  test(`${JSON.stringify(answer)} is ${agreed ? 'consent' : 'none'}`, async () => {
    assert.equal(await consents(['x'], undefined, deskWith(answer)), agreed)
  })

test('--yes is consent, and the commands are shown all the same; without a person there is none', async () => {
  const desk = deskWith()
  assert.equal(await consents(['x'], true, desk), true)
  await new Promise(setImmediate)
  assert.match(desk.shown(), /x/)
  assert.equal(await consents(['x'], undefined, deskWith()), false)
})

test('where nothing needs root nobody is asked', async () => {
  const desk = deskWith()
  assert.equal(await consents([], undefined, desk), true)
  assert.equal(desk.shown(), '')
})
