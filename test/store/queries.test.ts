import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { connectionOf, exchangeOf, inFolder } from './samples.ts'

/** 100 exchanges: every tenth is a 404. `skip` is a number that is never written. */
const inCapture = (work: (capture: Capture) => void, skip?: number): void =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const agreed = { version: 'TLSv1.3', cipherSuite: 'x', alpn: 'h2', resumed: false }
    writer.connection(connectionOf(1, { client: { agreed }, upstream: { agreed: { ...agreed, version: 'TLSv1.2' } } }))
    writer.facts(1, { differs: true })
    for (let id = 1; id <= 100; id++) if (id !== skip) writer.exchange(exchangeOf(id, { status: id % 10 ? 200 : 404 }))
    writer.close()
    const capture = openCapture(path)
    work(capture)
    capture.close()
  })

const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id)
const filter = parseFilter('~c 404')

test('pages hang on ids, from either end', () =>
  inCapture(capture => {
    assert.deepEqual(ids(capture.flows({ limit: 3 })), [1, 2, 3])
    assert.deepEqual(ids(capture.flows({ after: 50, limit: 2 })), [51, 52])
    assert.deepEqual(ids(capture.flows({ before: 50, limit: 2, order: 'newest' })), [49, 48])
    assert.deepEqual(ids(capture.flows({ after: 10, before: 13, limit: 9 })), [11, 12])
    assert.deepEqual(ids(capture.flows({ after: 100, limit: 9 })), [])
  }))

test('a filtered list pages the same way', () =>
  inCapture(capture => {
    assert.deepEqual(ids(capture.flows({ filter, limit: 2, order: 'newest' })), [100, 90])
    assert.deepEqual(ids(capture.flows({ filter, after: 30, limit: 2 })), [40, 50])
    assert.equal(capture.count(filter), 10)
    assert.equal(capture.position(filter, 40), 3)
    assert.equal(capture.position(filter, 45), 4)
  }))

test('the position without a filter is right also where a number was never written', () => {
  inCapture(capture =>
    assert.deepEqual(
      [1, 20, 101, 500].map(id => capture.position(undefined, id)),
      [0, 19, 100, 100],
    ),
  )
  inCapture(
    capture =>
      assert.deepEqual(
        [1, 20, 101, 500].map(id => capture.position(undefined, id)),
        [0, 18, 99, 99],
      ),
    5,
  )
})

test('a row shows what the list needs of its connection', () =>
  inCapture(capture => {
    const [row] = capture.flows({ limit: 1 })
    assert.deepEqual(
      [row?.clientVersion, row?.upstreamVersion, row?.clientAlpn, row?.differs],
      ['TLSv1.3', 'TLSv1.2', 'h2', true],
    )
    assert.deepEqual([row?.host, row?.contentType, row?.scheme], ['api.example.com', 'application/json', 'https'])
    assert.equal(row && 'port' in row, false)
  }))

test('a URL pattern matches across the end of the origin, also where the path lacks its slash', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    writer.exchange(exchangeOf(1, { path: '/p/40' }))
    writer.exchange(exchangeOf(2, { path: '*' }))
    writer.close()
    const capture = openCapture(path)
    const found = (text: string) => ids(capture.flows({ filter: parseFilter(text), limit: 9 }))
    const cases: readonly [string, number[]][] = [
      ['example.com/p/40', [1]],
      ['com/p', [1]],
      ['com.p.4', [1]],
      ['com/\\*', [2]],
      ['//api.example.com/$', []],
      ['com/', [1, 2]],
      ['://', [1, 2]],
      ['com/40', []],
      ['om.', [1, 2]],
      ['api/p', []],
    ]
    for (const [text, expected] of cases) assert.deepEqual(found(text), expected, text)
    capture.close()
  }))

test('an exchange tells the cause only where it failed with its connection: its own, or that one’s', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const [theirs, own] = ['theirs', 'own'].map(message => ({ code: 'tcp/refused', blame: 'server', message }) as const)
    writer.connection(connectionOf(1, { problems: [theirs!] }))
    const aborted = { at: 1, by: 'server', why: 'it ended' } as const
    const how = 'connection-failed' as const
    writer.exchange({ ...exchangeOf(1, { connection: 1 }), aborted })
    writer.exchange({ ...exchangeOf(2, { connection: 1 }), aborted: { ...aborted, how } })
    writer.exchange({ ...exchangeOf(3, { connection: 1 }), aborted: { ...aborted, how }, problems: [own!] })
    writer.exchange({ ...exchangeOf(4, { connection: 1 }), aborted: { ...aborted, by: 'client', how: 'cancelled' } })
    writer.close()
    const capture = openCapture(path)
    const rows = capture.flows({ limit: 9 }).map(({ state, note }) => [state, note])
    const states = ['aborted', 'aborted', 'aborted', 'cancelled']
    assert.deepEqual(
      rows,
      [undefined, 'theirs', 'own', undefined].map((note, i) => [states[i], note]),
    )
    assert.equal(capture.info().failed, 3)
    assert.deepEqual(
      ['failed', 'cancelled', 'e'].map(name => capture.count(parseFilter(`~${name}`))),
      [3, 1, 3],
    )
    capture.close()
  }))

test('the row of a failed connection tells its first problem by words and code', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const
    const connection = connectionOf(1, { problems: [problem] })
    writer.connection(connection)
    writer.connectionFlow(connection, writer.nextFlowId())
    writer.close()
    const capture = openCapture(path)
    const [row] = capture.flows({ limit: 1 })
    assert.deepEqual([row?.note, row?.code], ['refused', 'tcp/refused'])
    capture.close()
  }))
