import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { commandShape } from '../../src/cli/command-shape.ts'
import { inFolder } from '../store/samples.ts'

test('parley is called as it can be called again', () =>
  inFolder(folder => {
    const main = join(folder, 'main.js')
    const bin = join(folder, 'bin')
    const npm = join(folder, 'node_modules', '.bin')
    writeFileSync(main, '')
    for (const each of [bin, npm]) {
      mkdirSync(each, { recursive: true })
      symlinkSync(main, join(each, 'parley'))
    }
    const argv = ['/usr/bin/node', main]
    assert.equal(commandShape({ environment: { PATH: ['/nowhere', bin].join(delimiter) }, argv }), 'parley')
    assert.equal(commandShape({ environment: { PATH: npm }, argv }), `/usr/bin/node ${main}`)
    assert.equal(commandShape({ environment: { PATH: npm, npm_command: 'exec' }, argv }), 'npx parley')
    assert.equal(commandShape({ environment: {}, argv: ['/opt/my node', main] }), `"/opt/my node" ${main}`)
  }))
