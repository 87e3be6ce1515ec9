import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Compared, compareCaptures, type Finding } from '../../../src/cli/compare/compare-captures.ts'
import { parseFilter } from '../../../src/filter/parser.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { ownFolder } from '../recorded-run.ts'
import { recordTwoRuns } from './two-runs.ts'

let first: Capture
let second: Capture
before(async () => {
  const paths = await recordTwoRuns(ownFolder())
  first = openCapture(paths[0])
  second = openCapture(paths[1])
})
after(() => {
  first?.close()
  second?.close()
})

function compared(
  right: Capture,
  { filter, ignore = [], strict = false }: { filter?: string; ignore?: readonly string[]; strict?: boolean } = {},
): readonly [readonly Finding[], Compared] {
  const findings: Finding[] = []
  const ignored = { names: new Set(ignore), strict }
  const asked = { ...(filter !== undefined && { filter: parseFilter(filter) }), ignored }
  const comparing = compareCaptures(first, right, asked)
  for (;;) {
    const { done, value } = comparing.next()
    if (done) return [findings, value]
    findings.push(value)
  }
}

const pair = (findings: readonly Finding[], kind: Finding['kind'], name: string) => {
  const found = findings.find(each => each.kind === kind && each.name.includes(name))
  assert.ok(found && 'differences' in found, `${kind} ${name} in ${JSON.stringify(findings)}`)
  return new Map(found.differences.map(({ what, was, is }) => [what, [was, is]]))
}

test('a capture does not differ from itself, not even strictly', () => {
  assert.deepEqual(compared(first, { strict: true })[0], [])
})

test('handshakes are compared on both legs', () => {
  const differences = pair(compared(second)[0], 'connections', 'tls13.localhost')
  assert.deepEqual(differences.get('client-version'), ['TLS 1.3', 'TLS 1.2'])
  assert.deepEqual(differences.get('client-alpn'), ['h2', 'http/1.1'])
  assert.ok(differences.has('client-ja4') && differences.has('upstream-ja4'))
  assert.ok(!differences.has('client-ja3') && !differences.has('client-certificate'))
  const strictly = pair(compared(second, { strict: true })[0], 'connections', 'tls13.localhost')
  assert.ok(strictly.has('client-ja3') && strictly.has('client-certificate'))
})

test('answers are compared by status, fields and body', () => {
  const differences = pair(compared(second)[0], 'flows', '/answer')
  assert.deepEqual([...differences.keys()], ['status', 'header x-run', 'body'])
  assert.deepEqual(differences.get('status'), ['200', '500'])
  const ignoring = pair(compared(second, { ignore: ['x-run', 'body'] })[0], 'flows', '/answer')
  assert.deepEqual([...ignoring.keys()], ['status'])
})

test('what only one has is told; more connections to one host are no difference', () => {
  const [findings, { connections, flows }] = compared(second)
  const only = findings.flatMap(each =>
    'of' in each ? [[each.kind, each.of, each.name.replace(/:\d+/, ''), each.spare === true]] : [],
  )
  assert.deepEqual(only, [
    ['only-left', 'connection', 'expired.localhost', false],
    ['only-right', 'connection', 'http11.localhost', true],
    ['only-left', 'flow', 'GET https://expired.localhost/json', false],
    ['only-right', 'flow', 'GET https://http11.localhost/json', false],
  ])
  assert.deepEqual([connections, flows], [3, 3])
})

test('a filter leaves out the other flows and their connections', () => {
  const [findings, sum] = compared(second, { filter: '~u /answer' })
  assert.deepEqual([findings.map(({ kind }) => kind), sum], [['flows'], { connections: 1, flows: 1 }])
})
