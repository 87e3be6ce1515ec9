import assert from 'node:assert/strict'
import { chmodSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findProgram, foldersIn, mayWrite, thisMachine } from '../../../ca/trust/surroundings.ts'
import { machineFor } from './machine.ts'

test('this machine is the one that Node tells of', () => {
  const { platform, home, base, isRoot } = thisMachine()
  assert.deepEqual([platform, home, base, isRoot], [process.platform, homedir(), '/', process.getuid?.() === 0])
})

test('a program is found on PATH by its name, in sbin or beside by its path', t => {
  const machine = machineFor(t)
  machine.fake('tool', '')
  assert.equal(findProgram(machine, 'tool'), 'tool')
  const admin = machine.put('usr/sbin/admin')
  assert.equal(findProgram(machine, 'admin'), undefined, 'nobody may run it')
  chmodSync(admin, 0o755)
  assert.equal(findProgram(machine, 'admin'), admin)
  chmodSync(machine.put('jdk/bin/other'), 0o755)
  assert.equal(findProgram(machine, 'other', machine.at('jdk/bin')), machine.at('jdk/bin/other'))
  assert.equal(findProgram(machine, 'none'), undefined)
})

test('the folders in a folder, and none in one that is not there', t => {
  const machine = machineFor(t)
  machine.put('a/file')
  mkdirSync(machine.at('a/folder'))
  assert.deepEqual(foldersIn(machine.at('a')), [join(machine.base, 'a/folder')])
  assert.deepEqual(foldersIn(machine.at('b')), [])
  assert.deepEqual([mayWrite(machine.at('a/file')), mayWrite(machine.at('none'))], [true, false])
})
