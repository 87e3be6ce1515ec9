import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textEncoding } from '../../src/formats/encode-text.ts'

const samples: Readonly<Record<string, string>> = {
  'utf-8': 'Grüße, 日本 \u{1f600}\ufeff',
  'utf-16le': 'Grüße \u{1f600}',
  'utf-16be': 'Grüße \u{1f600}',
  'iso-8859-1': 'Grüße €', // the WHATWG's windows-1252
  'iso-8859-15': 'Grüße €',
  'windows-1251': 'Привет',
  'koi8-r': 'Привет',
  shift_jis: '日本語 ｱ abc',
  'euc-jp': '日本語',
  gbk: '中文',
  big5: '中文',
  'euc-kr': '한국어',
}

for (const [charset, text] of Object.entries(samples))
  test(`${charset} is written so that it can be read`, () => {
    const bytes = textEncoding(charset)?.(text)
    assert.ok(bytes)
    assert.equal(new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes), text)
  })

test('what a charset has not is not written', () => {
  assert.equal(textEncoding('iso-8859-1')?.('日'), undefined)
  assert.equal(textEncoding('utf-8')?.('\ud800'), undefined)
})

test('a charset that keeps a state, or that nobody knows, is not written', () => {
  assert.equal(textEncoding('iso-2022-jp'), undefined)
  assert.equal(textEncoding('klingon'), undefined)
})
