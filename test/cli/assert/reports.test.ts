import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { annotations, holds, junit, reportLines, type Verdict } from '../../../src/cli/assert/reports.ts'
import type { FlowRow } from '../../../src/store/queries.ts'

const flow: FlowRow = {
  id: 7,
  kind: 'exchange',
  connection: 2,
  startedAt: 0,
  scheme: 'https',
  host: 'a.example',
  method: 'GET',
  path: '/?a=<&">%0a',
  status: 502,
  requestBytes: 0,
  responseBytes: 0,
  protocol: 'h2',
  state: 'aborted',
  problem: true,
  note: 'bad\n::error::forged\x1b[2J\u202e\uffff',
}
const verdict: Verdict = {
  capture: '/tmp/a,b:c.parley',
  judgements: [
    {
      expectation: 'some ~s',
      holds: true,
      flows: 3,
      fit: 3,
      sentence: '3 of 3 flows fit',
      against: [],
      againstCount: 0,
    },
    {
      expectation: 'no ~d "a, b"',
      ...{ holds: false, flows: 3, fit: 2, sentence: '100% bad' },
      ...{ against: [flow], againstCount: 2 },
    },
  ],
}

test('a person sees each with the flows against it, escaped, and the sum', () => {
  assert.equal(holds(verdict), false)
  assert.deepEqual(reportLines(verdict), [
    '✓ some ~s: 3 of 3 flows fit',
    '✗ no ~d "a, b": 100% bad',
    '    #7 GET https://a.example/?a=<&">%0a 502: bad\\n::error::forged\\x1b[2J\\u{202e}\uffff',
    '    and 1 more',
    '1 of 2 expectations does not hold',
  ])
  assert.equal(
    reportLines({ ...verdict, judgements: verdict.judgements.slice(0, 1) }).at(-1),
    '1 expectation: it holds',
  )
})

test('an annotation is one line that nothing recorded can end', () => {
  const lines = annotations(verdict)
  assert.equal(lines.length, 1)
  assert.equal(
    lines[0],
    '::error title=no ~d "a%2C b"::100%25 bad%0A#7 GET https://a.example/?a=<&">%250a 502: bad\\n::error::forged\\x1b[2J\\u{202e}\uffff%0Aand 1 more',
  )
})

test('the report is XML that says the same to a reader of XML', () => {
  const text = junit(verdict, new Date(0), 0.25)
  const script = `import sys, json, xml.etree.ElementTree as e
root = e.fromstring(sys.stdin.buffer.read())
suite = root.find('testsuite')
print(json.dumps([root.attrib['failures'], suite.attrib, [[c.attrib['name'], [f.attrib['message'] + '|' + f.text for f in c]] for c in suite]]))`
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { input: text, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), [
    '1',
    {
      ...{ name: '/tmp/a,b:c.parley', tests: '2', failures: '1', errors: '0', skipped: '0', time: '0.250' },
      timestamp: '1970-01-01T00:00:00',
    },
    [
      ['some ~s', []],
      [
        'no ~d "a, b"',
        [
          '100% bad|✗ no ~d "a, b": 100% bad\n    #7 GET https://a.example/?a=<&">%0a 502: bad\\n::error::forged\\x1b[2J\\u{202e}\ufffd\n    and 1 more',
        ],
      ],
    ],
  ])
})
