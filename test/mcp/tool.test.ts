import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { inputs, tool } from '../../src/mcp/tool.ts'

test('a limit is bounded and has a usual value', () => {
  const limit = inputs.limit(50, 8)
  assert.equal(limit.parse(undefined), 8)
  for (const odd of [0, 51, 1.5, '3']) assert.equal(limit.safeParse(odd).success, false)
})

test('a row is a tool as it stands', () => {
  const row = { name: 'n', title: 't', says: 's', input: { a: z.string() }, run: () => ({ content: [] }) }
  assert.equal(tool(row), row)
})
