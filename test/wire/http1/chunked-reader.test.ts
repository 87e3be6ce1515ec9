import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ChunkedReader } from '../../../src/wire/http1/chunked-reader.ts'
import { everySplit } from '../every-split.ts'

const reading = () => {
  let body = ''
  const faults: string[] = []
  const reader = new ChunkedReader({
    body: bytes => {
      body += Buffer.from(bytes).toString('latin1')
    },
    fault: fault => void faults.push(fault.code),
  })
  let outcome = 'more'
  let read = 0
  return {
    push(bytes: Uint8Array) {
      if (outcome !== 'more') return
      const end = reader.push(bytes, 0)
      if (end >= 0) outcome = `end at ${read + end}`
      if (end === -2) outcome = 'lost'
      read += bytes.length
    },
    answer: () => ({ body, outcome, faults, trailers: reader.trailers }),
  }
}
const read = (text: string) => everySplit(Buffer.from(text, 'latin1'), reading)

test('chunks are joined and what follows the body is left alone', () => {
  const { body, outcome, faults, trailers } = read('5\r\nhello\r\n1;a="b;c"\r\n \r\n006\r\nworld!\r\n0\r\n\r\nHTTP')
  assert.equal(body, 'hello world!')
  assert.equal(outcome, 'end at 42')
  assert.deepEqual(faults, [])
  assert.deepEqual(trailers, [])
})

test('trailers keep case and order', () => {
  const { trailers, outcome } = read('0\r\nX-Sum: 1\r\nb:2\r\n\r\n')
  assert.deepEqual(trailers, [
    ['X-Sum', '1'],
    ['b', '2'],
  ])
  assert.equal(outcome, 'end at 20')
})

test('LF without CR is told once and read on', () => {
  assert.deepEqual(read('1\na\n1\nb\n0\n\n'), {
    body: 'ab',
    outcome: 'end at 11',
    faults: ['http1/bare-lf-in-chunk', 'http1/bare-lf'],
    trailers: [],
  })
})

test('a size that is no hexadecimal number ends the reading', () => {
  for (const bad of ['\r\n', 'x\r\n', '-1\r\n', ' 1\r\n', '1\rx', '0x5\r\n', '5_\r\n'])
    assert.deepEqual([read(bad).outcome, read(bad).faults], ['lost', ['http1/bad-chunk-size']], JSON.stringify(bad))
  assert.deepEqual(read('fffffffffffffff\r\n').faults, ['http1/chunk-too-large'])
})

test('data longer than its size ends the reading', () => {
  assert.deepEqual(read('1\r\nab\r\n').faults, ['http1/bad-chunk-end'])
})

test('a gap fits inside the data of one chunk only', () => {
  const reader = new ChunkedReader({ body() {}, fault: fault => assert.fail(fault.code) })
  assert.equal(reader.drop(1), false)
  reader.push(Buffer.from('5\r\nh'), 0)
  assert.equal(reader.drop(5), false)
  assert.equal(reader.drop(4), true)
  assert.equal(reader.push(Buffer.from('\r\n0\r\n\r\n'), 0), 7)
})

test('any body in any chunks comes out as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 }), chunks => {
      const reader = reading()
      const coded = chunks.map(c => `${c.length.toString(16)}\r\n${Buffer.from(c).toString('latin1')}\r\n`)
      reader.push(Buffer.from(`${coded.join('')}0\r\n\r\n`, 'latin1'))
      assert.equal(reader.answer().body, Buffer.concat(chunks).toString('latin1'))
      assert.match(reader.answer().outcome, /^end/)
    }),
  )
})

test('what follows a size and is no extension is told once, and reading goes on', () => {
  const body = (after: string) => `1${after}\r\na\r\n1${after}\r\nb\r\n0\r\n\r\n`
  for (const bad of [' ', '\t', ' ;a', ';', ';a=', ';a b', ';=1', ';a="b', ';a;;b', ';a="b"c', ';a=\x01']) {
    assert.deepEqual(read(body(bad)).faults, ['http1/bad-chunk-extension'], JSON.stringify(bad))
    assert.equal(read(body(bad)).body, 'ab')
  }
  for (const good of [';a', ';a=b', ';a="b;\\" c"', ';a;b=2;c=""']) assert.deepEqual(read(body(good)).faults, [], good)
  assert.deepEqual(read(body(`;a=${'b'.repeat(5000)}`)).faults, [])
})
