import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Command } from 'commander'
import { type ScreenFlags, withScreenOptions } from '../../src/cli/screen-options.ts'

function parse(...args: string[]): ScreenFlags {
  const command = withScreenOptions(new Command().exitOverride().configureOutput({ writeErr() {} }), 'lines instead')
  return command.parse(args, { from: 'user' }).opts()
}

function protoFile(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-proto-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'a.proto')
  writeFileSync(path, text)
  return path
}

test('the names of several proto files come together', t => {
  const one = protoFile(t, 'syntax = "proto3"; package a; message One { string name = 1; }')
  const two = protoFile(t, 'syntax = "proto3"; package b; message Two { string name = 1; }')
  assert.deepEqual([...parse('--proto', one, '--proto', two).proto.messages.keys()], ['a.One', 'b.Two'])
})

test('a file that is not there or cannot be understood is named', t => {
  assert.throws(() => parse('--proto', '/nowhere.proto'), /\/nowhere\.proto cannot be read \(ENOENT\)/)
  assert.throws(() => parse('--proto', protoFile(t, 'message {')), /a\.proto: /)
})

test('a theme is one of three', () => {
  assert.equal(parse('--theme', 'light').theme, 'light')
  assert.throws(() => parse('--theme', 'pink'), /dark, light, none/)
})
