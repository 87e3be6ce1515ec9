import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../../src/problem/problem.ts'
import { answerTo, spokenIn } from '../../../src/proxy/tunnel/spoken.ts'

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

test('the first bytes show which HTTP is spoken, wherever the preface is cut', () => {
  for (let length = 3; length <= preface.length; length++)
    assert.equal(spokenIn(Buffer.from(preface.slice(0, length))), 'h2')
  for (const [said, protocol] of [
    [`${preface}\0\0\0\x04`, 'h2'],
    ['GET / HTTP/1.1\r\n', 'http/1.1'],
    ['PRI / HTTP/1.1\r\n', 'http/1.1'],
    ['GET /as-far-as-it', 'http/1.1'],
    ['EHLO client.example\r\n', undefined],
    ['P', undefined],
    ['PR', undefined],
    ['', undefined],
    ['SSH-2.0-x', undefined],
    ['\x10\x0c\0\x04MQTT', undefined],
  ] as const)
    assert.equal(spokenIn(Buffer.from(said, 'latin1')), protocol, said)
})

test('a failure is answered in the words of the client, and to nobody else', () => {
  const problem = problemOf('tcp/refused')
  assert.match(String(answerTo(Buffer.from('GET / HTTP/1.1\r\n'), problem)), /^HTTP\/1\.1 502 /)
  assert.deepEqual(answerTo(Buffer.from(preface), problem)?.subarray(0, 9), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
  assert.equal(answerTo(Buffer.from('EHLO x\r\n'), problem), undefined)
})
