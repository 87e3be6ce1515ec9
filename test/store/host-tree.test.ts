import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from './samples.ts'

function read<T>(work: (capture: Capture) => T): T {
  return inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    const paths = ['/', '/v1/users?page=1/2', '/v1/users', '/v1/users/7', '/v1', '/x%_.css']
    for (const [i, path] of paths.entries())
      writer.exchange(exchangeOf(i + 1, { path, ...(i === 3 && { aborted: { at: 9, by: 'client', why: 'x' } }) }))
    writer.close()
    const capture = openCapture(join(folder, 'a.parley'))
    try {
      return work(capture)
    } finally {
      capture.close()
    }
  })
}

test('a host counts its flows, those that failed, and bytes', () => {
  const [host, ...more] = read(capture => capture.hosts())
  assert.deepEqual(host, { name: 'https://api.example.com', flows: 6, failed: 1, bytes: 30, deeper: true })
  assert.deepEqual(more, [])
})

test('paths are told segment by segment, without their queries', () => {
  const below = (prefix: string) =>
    read(capture => capture.paths('https://api.example.com', prefix)).map(({ name, flows, deeper }) => [
      name,
      flows,
      deeper,
    ])
  assert.deepEqual(below('/'), [
    ['v1/', 3, true],
    ['', 1, false],
    ['v1', 1, false],
    ['x%_.css', 1, false],
  ])
  assert.deepEqual(below('/v1/'), [
    ['users', 2, false],
    ['users/', 1, true],
  ])
})

test('a filter holds for the tree too', () => {
  assert.equal(read(capture => capture.hosts(parseFilter('~u users')))[0]?.flows, 3)
  assert.deepEqual(
    read(capture => capture.hosts(parseFilter('~c 500'))),
    [],
  )
})
