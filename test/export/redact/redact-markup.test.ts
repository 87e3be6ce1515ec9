import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactMarkup } from '../../../src/export/redact/redact-markup.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { telling } from './told.ts'

const cleaned = (text: string) => redactMarkup(text, defaultRules, 'here', telling().told)

test('elements lose what is in them, with attributes, in CDATA, however long, and cut', () => {
  assert.equal(cleaned('<w:Password Type="t">p</w:Password>'), '<w:Password Type="t">REDACTED</w:Password>')
  assert.equal(cleaned('<token><![CDATA[a<b]]></token>'), '<token><![CDATA[REDACTED]]></token>')
  assert.equal(cleaned(`<token>${'x'.repeat(100_000)}</token>`), '<token>REDACTED</token>')
  assert.equal(cleaned('<token>cut'), '<token>REDACTED')
  assert.equal(cleaned('<b>token</b>'), '<b>token</b>')
})

test('attributes go by their names, values by the name beside them', () => {
  assert.equal(cleaned(`<u a="1" password='x"y'/>`), `<u a="1" password='REDACTED'/>`)
  assert.equal(cleaned('<token value="x" id="1"/>'), '<token value="REDACTED" id="1"/>')
  assert.equal(
    cleaned('<input type="hidden" value="x" name="csrf_token">'),
    '<input type="hidden" value="REDACTED" name="csrf_token">',
  )
  assert.equal(cleaned('<meta name="csrf-token" content="x"'), '<meta name="csrf-token" content="REDACTED"')
  assert.equal(cleaned('<input name="user" value="x">'), '<input name="user" value="x">')
})

test('a long text is passed in no time, whatever is in it', () => {
  for (const piece of ['<', '<a ', '<a b="', '<a>', '<token><![CDATA[', ']', '<a b=', 'a=', "<a b='c' "]) {
    const started = performance.now()
    cleaned(`<token ${piece.repeat(Math.ceil(1_000_000 / piece.length))}`)
    assert.ok(performance.now() - started < 4000, piece)
  }
})
