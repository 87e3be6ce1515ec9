import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '../../../src/wire/http2/explain.en.ts'
import { frameType, frameTypeName } from '../../../src/wire/http2/names.ts'

test('every type of frame is explained', () => {
  for (const type of Object.values(frameType)) assert.ok(explain(frameTypeName(type).toLowerCase()), String(type))
})
