import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acts, get, onRequests, play } from './acting-http1.ts'

test('a head that may not be sent is told, and the message goes on as it came', async () => {
  for (const header of [
    ['a b', 'c'],
    ['a', 'b\r\nc: d'],
    ['a', '\0'],
    ['', 'x'],
    ['a', '☃'],
  ] as const) {
    const { server, script } = await play(
      () => onRequests(({ head }) => ({ type: 'change', acts, head: { ...head, headers: [...head.headers, header] } })),
      [['to-server', get]],
    )
    assert.equal(server, get)
    assert.equal(script.told('problem')[0]!.problem.code, 'acting/bad-head')
  }
})
