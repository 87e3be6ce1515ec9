import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { openAuthority } from '../../ca/index.ts'
import type { Connection } from '../../src/model/connection.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import { problemOf } from '../../src/problem/problem.ts'
import { Explanations, type HandshakeSource } from '../../src/recorder/explanations.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { optionsIn, ownFolder, startVisiting } from '../cli/recorded-run.ts'

/** Connections: 1 over TLS 1.3, 2 without TLS, 3 TLS 1.2 upstream, 4 resumes the session of 1. */
let capture: Capture
before(async () => {
  const folder = ownFolder()
  const visiting = await startVisiting(folder, {}, { mirrorChoice: false })
  const { certificatePem: ca } = await openAuthority(optionsIn(folder).proxy.authorityFolder)
  const { session } = await visiting.visit('tls13')
  assert.ok(session, 'the client was given a session')
  await visiting.visit('plain')
  await visiting.visit('tls12-ecdhe')
  const url = new URL('/json', visiting.origins.named('tls13').url)
  await fetchThrough({ url, proxy: visiting.run, ca, tls: { session }, timeout: 8000 })
  await visiting.close()
  capture = openCapture(visiting.run.capturePath)
})

/** The capture before anybody had the last word. */
const unexplained = (): HandshakeSource => ({
  connection(id) {
    const known = capture.connection(id)
    const { explained: _, ...fresh } = known ?? {}
    return known && (fresh as Connection)
  },
  legCapture: (id, leg) => capture.legCapture(id, leg),
})

const doubtful = (...ids: number[]): Explanations => {
  const queue = new Explanations()
  queue.add({ working: [], doubtful: ids })
  return queue
}

test('each connection with TLS is told once, in order, with its last word and where a session comes from', () => {
  const queue = doubtful(1, 2, 3, 4, 99)
  queue.add({ working: [], doubtful: [1] })
  const told = Array.from({ length: 4 }, () => queue.next(unexplained()))
  assert.deepEqual(
    told.map(next => next && [next.connection.id, next.connection.explained, next.facts.clientResumes]),
    [[1, true, undefined], [3, true, undefined], [4, true, 1], undefined],
  )
  assert.equal(queue.size, 0)
})

test('what the handshakes say is what the recorder told from the hellos', () => {
  assert.deepEqual(doubtful(1).next(unexplained())?.facts, { ...capture.facts(1) })
})

test('the last word is told once', () => {
  assert.equal(capture.connection(1)?.explained, true)
  assert.equal(doubtful(1).next(capture), undefined)
})

test('a queue that nobody empties does not grow for ever', () => {
  assert.equal(doubtful(...Array.from({ length: 10_050 }, (_, id) => id)).size, 10_000)
})

test('connections that work are looked at only where others may not, and some at a time', () => {
  const asked: number[] = []
  const source = { ...unexplained(), connection: (id: number) => void asked.push(id) }
  const queue = new Explanations()
  queue.add({ working: Array.from({ length: 120 }, (_, id) => id), doubtful: [] })
  assert.equal(queue.size, 0)
  queue.next(source)
  assert.deepEqual(asked, [])
  queue.add({ working: [], doubtful: [200] })
  for (const counted of [50, 100, 121]) {
    assert.equal(queue.next(source), undefined)
    assert.equal(asked.length, counted)
  }
  assert.equal(queue.size, 0)
})

test('a connection that its client left unused is no failure where a sister works, whichever ends first', () => {
  const { explained: _, ...working } = capture.connection(1)!
  const process = { pid: 7, name: 'browser', command: '' }
  const left = { ...working, id: 50, process, problems: [problemOf('tls/closed-by-client')] }
  const alone = { ...left, id: 51, process: { ...process, pid: 8 } }
  const source: HandshakeSource = {
    connection: id => (id === 1 ? { ...working, process } : id === 50 ? left : alone),
    legCapture: (id, leg) => {
      const kept = capture.legCapture(1, leg)
      if (!kept || id === 1) return kept
      const chunks = { 'to-server': kept.chunks['to-server'], 'to-client': [] }
      return leg === 'upstream' ? undefined : { ...kept, chunks, headers: { 'to-server': [], 'to-client': [] } }
    },
  }
  const told = (ids: readonly number[]) => {
    const queue = new Explanations()
    const words: string[] = []
    for (const id of ids) {
      queue.add(id === 1 ? { working: [1], doubtful: [] } : { working: [], doubtful: [id] })
      for (let next = queue.next(source); next; next = queue.next(source))
        words.push(`${next.connection.id} ${next.connection.problems.map(({ code }) => code)}`)
    }
    return words
  }
  assert.deepEqual(told([1, 50]), ['50 '])
  assert.deepEqual(told([50, 1]), ['50 tls/closed-by-client', '50 '])
  assert.deepEqual(told([1, 51]), ['51 tls/closed-by-client'])
})
