import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordCutter } from '../../../../src/wire/tls/stream/record-cutter.ts'
import { everySplit } from '../../every-split.ts'

const record = (type: number, text: string) =>
  Buffer.concat([Buffer.from([type, 3, 3, 0, text.length]), Buffer.from(text)])

const cutting = (offset = 0) => {
  const told: string[] = []
  const cutter = new RecordCutter('to-server', offset, {
    record: ({ offset: at, type, fragment, length, afterHole, sslv2Hello }) => {
      if (sslv2Hello) return void told.push(`${at} SSL 2.0 ${Buffer.from(sslv2Hello).toString('hex')}`)
      const text = fragment ? Buffer.from(fragment).toString() : `${length} bytes`
      told.push(`${at} ${type} ${text}${afterHole ? ' after a hole' : ''}`)
    },
    lost: (_at, from, length) => void told.push(`lost ${from} ${length}`),
  })
  const gap = (length: number) => cutter.gap(0, length)
  return { told, gap, push: (bytes: Uint8Array) => cutter.push(0, bytes), answer: () => told }
}

test('records come whole wherever the segments end', () => {
  const bytes = Buffer.concat([record(22, 'hello'), record(23, 'data'), record(23, ''), record(21, 'al')])
  assert.deepEqual(
    everySplit(bytes, () => cutting(100)),
    ['100 22 hello', '110 23 data', '119 23 ', '124 21 al'],
  )
})

test('a hole within a record leaves its header', () => {
  const { told, push, gap } = cutting()
  const [first, second] = [record(23, 'abcdefgh'), record(23, 'next')]
  push(first.subarray(0, 7))
  gap(4)
  push(first.subarray(11))
  push(second)
  push(second.subarray(0, 5))
  gap(4)
  push(second)
  assert.deepEqual(told, ['0 23 8 bytes', '13 23 next', '22 23 4 bytes', '31 23 next'])
})

test('behind a hole that takes a header with it the next record is searched for', () => {
  const { told, push, gap } = cutting()
  push(record(23, 'abcd').subarray(0, 3))
  gap(10)
  push(Buffer.from('rest\x17\x03'))
  push(Buffer.concat([record(23, 'found'), record(23, 'next')]))
  push(record(23, 'more'))
  assert.deepEqual(told, ['lost 0 19', '19 23 found after a hole', '29 23 next', '38 23 more'])
})

test('what is no record is lost, and no more than two records of it are kept', () => {
  const { told, push } = cutting()
  push(record(22, 'hello'))
  for (let i = 0; i < 100; i++) push(Buffer.alloc(1000, 65))
  push(record(23, 'found'))
  assert.deepEqual(told, ['0 22 hello', 'lost 10 100000', '100010 23 found after a hole'])
})

test('a direction may begin with a ClientHello in SSL 2.0 form', () => {
  const hello = Buffer.from('801901030100000000001035000102030405060708090a0b0c0d0e', 'hex')
  const bytes = Buffer.concat([hello, record(22, 'next')])
  assert.deepEqual(everySplit(bytes, cutting), [`0 SSL 2.0 ${hello.toString('hex')}`, '27 22 next'])
})
