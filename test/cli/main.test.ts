import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadedParts } from './loaded-parts.ts'
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

const notNeeded = {
  main: ['ca', 'compare', 'filter', 'observe', 'peers', 'recorder', 'tape', 'tui', 'wire', 'node:http', 'node:http2'],
  'engine-thread': ['compare', 'filter', 'formats', 'observe', 'recorder', 'store', 'tui', 'view', 'node:http'],
  'recorder-thread': ['ca', 'compare', 'formats', 'peers', 'proxy', 'tui', 'view', 'node:http', 'node:tls'],
} as const

const packages = {
  main: ['commander'],
  'engine-thread': ['node-forge'],
  'recorder-thread': [],
} as const

test('nothing is loaded before it is needed', async () => {
  const folder = ownFolder()
  const recording = await loadedParts(folder, 'record', '--listen', '127.0.0.1:0')
  assert.deepEqual([...recording.keys()].sort(), Object.keys(packages).sort())
  for (const [thread, parts] of recording) {
    const own = thread as keyof typeof packages
    const among = (name: string): boolean => parts.has(name) || parts.has(`src/${name}`)
    assert.deepEqual(notNeeded[own].filter(among), [], thread)
    assert.deepEqual([...parts].filter(isPackage).sort(), packages[own], thread)
  }
  const { main } = Object.fromEntries(await loadedParts(folder, '--version'))
  const folders = ['src/cli', 'src/export', 'src/formats', 'src/model', 'src/proxy', 'src/store', 'src/view'] // the options' own
  assert.deepEqual([...main!].filter(part => part.startsWith('src/')).sort(), folders)
  assert.deepEqual([...main!].filter(isPackage), ['commander'])
  assert.ok(!main!.has('node:sqlite'))
})

const isPackage = (part: string): boolean => !/^(ca$|src\/|node:)/.test(part)
