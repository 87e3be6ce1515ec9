import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runTool } from '../../src/launch/run-tool.ts'

const script = (text: string) => runTool(process.execPath, ['-e', text])

test('a tool that ends well is done', async () => {
  await script('console.error("a warning")')
})

test('a tool that fails is told by the last that it complained of', async () => {
  await assert.rejects(script('console.error("first\\nlast"); process.exit(3)'), /: last$/)
  await assert.rejects(script('process.exit(3)'), /Command failed/)
})

test('a tool that is not there is named', async () => {
  await assert.rejects(runTool('absent-tool', []), /^Error: absent-tool is not installed$/)
})
