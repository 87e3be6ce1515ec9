import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writePieces } from '../../src/cli/write-pieces.ts'
import { inFolder } from '../store/samples.ts'

test('a file of the person’s alone takes the place of the old one when it is whole', () => {
  inFolder(folder => {
    const path = join(folder, 'out')
    writeFileSync(path, 'old')
    writePieces(path, [Buffer.from('a'), Buffer.alloc(300_000, 'b'), Buffer.from('c')])
    assert.equal(readFileSync(path).toString(), `a${'b'.repeat(300_000)}c`)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(folder), ['out'])
  })
})

test('where the pieces fail the old file stays, and nothing lies beside it', () => {
  inFolder(folder => {
    const path = join(folder, 'out')
    writeFileSync(path, 'old')
    const failing = function* (): Generator<Uint8Array> {
      yield Buffer.alloc(400_000)
      throw new Error('no more')
    }
    assert.throws(() => writePieces(path, failing()), /no more/)
    assert.equal(readFileSync(path).toString(), 'old')
    assert.deepEqual(readdirSync(folder), ['out'])
  })
})
