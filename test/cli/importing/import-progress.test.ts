import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawProgress, followProgress, progressLine } from '../../../src/cli/importing/import-progress.ts'

function fake() {
  let listener: ((read: number, of: number) => void) | undefined
  const importing = {
    onProgress(added: (read: number, of: number) => void) {
      listener = added
      return () => {
        listener = undefined
      }
    },
  }
  return { importing, tell: (read: number, of: number) => listener?.(read, of) }
}

test('a line says how far it is, how fast, and how long it still takes', () => {
  assert.equal(progressLine(250e6, 1e9, 2000), '25 % of 1.0G read, 125M a second, 6.00 s left')
  assert.equal(progressLine(0, 0, 0), '100 % of 0 read, 0 a second')
  assert.match(progressLine(12, 10, 10), /^100 % of 10 read/)
})

test('what is done soon needs no word', () => {
  const { importing, tell } = fake()
  const said: string[] = []
  let now = 0
  const stop = followProgress(
    importing,
    line => said.push(line),
    () => now,
  )
  tell(1, 10)
  now = 600
  tell(5, 10)
  stop()
  tell(6, 10)
  assert.equal(said.length, 1)
})

test('only a terminal gets a line, which is taken away in the end', async () => {
  const { importing, tell } = fake()
  const written: string[] = []
  drawProgress(importing, { isTTY: false, write: text => written.push(text) })()
  const end = drawProgress(importing, { isTTY: true, write: text => written.push(text) })
  tell(1, 10)
  await new Promise(resolve => setTimeout(resolve, 520))
  tell(5, 10)
  end()
  assert.equal(written.length, 2)
  assert.match(written[0]!, /^\r\x1b\[Kparley: 50 % of/)
  assert.equal(written[1], '\r\x1b[K')
})
