import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { documentEnd, documentStart, type ReportFacts } from '../../../src/export/html/document.ts'

const facts: ReportFacts = {
  ...{ name: 'a.parley', startedAt: 1_795_988_079_173, flows: 3, whole: true, redacted: false },
  ...{ script: 'run()', style: 'p{}' },
}
const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('its one script and its one style take effect, and nothing is fetched', () => {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(documentStart(facts))!
  const parts = policy!.split('; ')
  assert.ok(parts.includes("default-src 'none'"))
  assert.ok(parts.includes(`script-src ${digest('run()')}`))
  assert.ok(parts.includes(`style-src ${digest('p{}')}`))
  assert.ok(!/unsafe|https?:|\*/.test(policy!))
  assert.ok(documentEnd(facts.script).includes('<script>run()</script>'))
  assert.ok(documentStart(facts).includes('<style>p{}</style>'))
})

test('the name of a capture is text', () => {
  const start = documentStart({ ...facts, name: `</title><img src=x onerror="a" b='c'>&\u202e` })
  assert.ok(start.includes('&lt;/title&gt;&lt;img src=x onerror=&quot;a&quot; b=&#39;c&#39;&gt;&amp;\\u{202e}'))
  assert.ok(!start.includes('<img'))
})

test('it says when, how many of how many, and whether secrets are gone', () => {
  assert.ok(documentStart(facts).includes('2026-11-29 21:34:39 UTC</time>, 3 flows<'))
  const part = documentStart({ ...facts, whole: false, redacted: true })
  assert.ok(part.includes('</time>, some of 3 flows, secrets redacted<'))
})
