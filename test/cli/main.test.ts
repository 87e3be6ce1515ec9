import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownFolder } from './recorded-run.ts'
import { runCli } from './run-cli.ts'

const root = join(import.meta.dirname, '../..')

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { code, stdout } = await runCli(ownFolder(), '--version')
  assert.deepEqual([code, stdout], [0, `${version}\n`])
})

test('nothing loads before the version of Node is known to do', () => {
  const text = readFileSync(join(root, 'src/cli/main.ts'), 'utf8')
  assert.doesNotMatch(text, /^import .*from '(?!node:)/m)
  assert.ok(text.startsWith('#!/usr/bin/env node\n'))
})

test('the version that is asked for is the one that package.json names', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [, major, minor] = /^>=(\d+)\.(\d+)/.exec(engines.node)!
  const text = readFileSync(join(root, 'src/cli/main.ts'), 'utf8')
  assert.ok(text.includes(`major < ${major} || (major === ${major} && minor < ${minor})`))
  assert.ok(text.includes(`Node ${major}.${minor}`))
})
