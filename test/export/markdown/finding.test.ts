import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { readLegPair } from '../../../src/compare/read-leg-pair.ts'
import { finding } from '../../../src/export/markdown/finding.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { recordVisits } from '../../cli/recorded-run.ts'

let capture: Capture
before(async () => {
  capture = openCapture((await recordVisits()).path)
})

const told = (id: number): string => [...finding(readLegPair(capture, capture.connection(id)!))].join('')

test('of a failure the cause is told first, with whose it is and what to do', () => {
  const text = told(3)
  assert.match(text, /^## c3 <code>[^\n]+\n\n\d{4}-\d\d-\d\dT/)
  assert.match(
    text,
    /\n\*\*Cause\*\* \(<code>tls\/certificate-expired<\/code>, server\): the server’s certificate has expired: .*\. Check/,
  )
  assert.ok(text.indexOf('**Cause**') < text.indexOf('**Would client and server'))
})

test('the difference and both handshakes stand beside each other', () => {
  const text = told(1)
  assert.match(text, /\n\| {2}\| difference \| client leg \| upstream leg \| why \|\n\| --- /)
  assert.match(text, /<summary>Both handshakes<\/summary>\n\n\| ms \| CLIENT → PARLEY \| ms \| PARLEY → SERVER \|/)
  assert.match(text, /\| → ClientHello [^|]*\| [\d.]+ \| → ClientHello /)
  assert.ok(text.endsWith('\n</details>\n'))
})
