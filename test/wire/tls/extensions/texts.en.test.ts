import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decoders } from '../../../../src/wire/tls/extensions/decoders.ts'
import { extensionTexts } from '../../../../src/wire/tls/extensions/texts.en.ts'
import { extensions } from '../../../../src/wire/tls/registry/extensions.ts'

test('every extension that has a decoder or a registered name is explained', () => {
  for (const type of [...Object.keys(decoders), ...Object.keys(extensions)])
    assert.ok(extensionTexts[`extension.${extensions[Number(type)]}`], type)
})

test('the texts are of extensions and their fields', () => {
  for (const key of Object.keys(extensionTexts)) assert.match(key, /^extension\.\w+(\.\w+)*$/)
})
