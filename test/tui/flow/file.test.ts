import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { bodyFile, messageFile } from '../../../src/tui/flow/file.ts'
import { sampleExchange } from '../sample.ts'
import { rowSource } from '../world.ts'

const base = sampleExchange(2)
const exchange = {
  ...base,
  response: {
    ...base.response!,
    head: {
      ...base.response!.head,
      headers: [
        ['content-type', 'application/json'],
        ['content-encoding', 'gzip'],
      ],
    },
  },
} as typeof base
const source = { ...rowSource([]), body: () => new Uint8Array(gzipSync('{"a":1}')) }

test('a body is decoded and named by its type', () => {
  const file = bodyFile(source, exchange, 'response')!
  assert.deepEqual([file.name, String(Buffer.from(file.bytes))], [`flow-${base.id}-response.json`, '{"a":1}'])
})

test('nothing is given where no body was kept', () => {
  assert.equal(bodyFile({ ...source, body: () => new Uint8Array() }, exchange, 'response'), undefined)
})

test('a message is its head and its body', () => {
  const { name, bytes } = messageFile({ ...source, body: () => Buffer.from('body') }, exchange, 'response')
  assert.equal(name, `flow-${base.id}-response.txt`)
  assert.match(String(Buffer.from(bytes)), /content-encoding: gzip\r\n\r\nbody$/)
})
