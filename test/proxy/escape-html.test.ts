import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapeHtml } from '../../src/proxy/escape-html.ts'

test('what HTML would take for its own is escaped, in text and in quotes', () => {
  assert.equal(escapeHtml(`<a title="it's">&amp;`), '&lt;a title=&quot;it&#39;s&quot;&gt;&amp;amp;')
  assert.equal(escapeHtml('naïve ✓'), 'naïve ✓')
})
