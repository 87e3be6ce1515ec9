import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpenCaptures } from '../../src/mcp/open-captures.ts'
import type { Capture } from '../../src/store/capture.ts'

function opening(given?: string, live?: string, listed: readonly string[] = []) {
  const log: string[] = []
  const open = (path: string): Capture => {
    log.push(`open ${path}`)
    return { path, close: () => log.push(`close ${path}`) } as unknown as Capture
  }
  const captures = new OpenCaptures({ given, live: () => live, list: () => listed, open, openWhole: open })
  return { log, captures }
}

test('the one of the start comes first, then what is sent now, then the newest', () => {
  const { captures } = opening('/x/mine.parley', '/run/now.parley', ['/c/b.parley', '/c/a.parley'])
  assert.deepEqual(captures.names(), ['mine', 'live', 'b', 'a'])
  assert.equal((captures.named() as unknown as { path: string }).path, '/x/mine.parley')
  assert.equal((captures.named('a.parley') as unknown as { path: string }).path, '/c/a.parley')
})

test('no path is opened, whatever a model asks for', () => {
  const { captures, log } = opening('/x/mine.parley', undefined, ['/c/a.parley'])
  for (const name of ['/etc/passwd', '../a', '/c/a.parley', '/c/a', ''])
    assert.throws(() => captures.named(name), /no capture of that name/)
  assert.deepEqual(log, [])
  assert.throws(() => opening().captures.named(), /nothing is recorded/)
})

test('few stay open, those that were asked for last', () => {
  const all = Array.from({ length: 10 }, (_, at) => `/c/${at}.parley`)
  const { captures, log } = opening(undefined, undefined, all)
  captures.named('0')
  for (const at of [1, 2, 3, 0, 4, 5, 6, 7, 8]) captures.named(String(at))
  assert.deepEqual(
    log.filter(line => line.startsWith('close')),
    ['close /c/1.parley'],
  )
  captures.close()
  assert.equal(log.filter(line => line.startsWith('close')).length, 9)
})

test('one with all its secrets is open for its use alone', async () => {
  const { captures, log } = opening('/x/a.parley')
  await assert.rejects(
    captures.whole(undefined, () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.deepEqual(log, ['open /x/a.parley', 'close /x/a.parley'])
})
