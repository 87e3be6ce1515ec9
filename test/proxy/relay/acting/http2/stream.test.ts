import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  halfOf,
  idAtReceiver,
  idAtSender,
  newStream,
  waitingBytes,
} from '../../../../../src/proxy/relay/acting/http2/stream.ts'

const request = {
  method: 'GET',
  target: '/',
  scheme: 'https',
  authority: 'a',
  path: '/',
  version: 'HTTP/2',
  headers: [],
}

test('a half knows its receiver’s and its sender’s id, its window, and what waits in it', () => {
  const stream = newStream(3, request, { 'to-server': 10, 'to-client': 20 })
  stream.server = 5
  const [toServer, toClient] = [halfOf(stream, 'to-server'), halfOf(stream, 'to-client')]
  assert.deepEqual([idAtReceiver(toServer), idAtSender(toServer)], [5, 3])
  assert.deepEqual([idAtReceiver(toClient), idAtSender(toClient)], [3, 5])
  assert.deepEqual([toServer.window.room, toClient.window.room], [10, 20])
  toClient.items.push(
    { type: 'data', content: new Uint8Array(9), kept: 0, keptOfConnection: 0, gone: 4, at: 0 },
    { type: 'fields', block: { fields: [], ways: new Uint8Array(0) }, shape: {}, ends: true },
  )
  assert.deepEqual([waitingBytes(toClient), waitingBytes(toServer)], [5, 0])
})
