import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { completionScript, shells } from '../../../src/cli/completion/scripts.ts'
import { lacking } from '../../lacking.ts'
import { ownFolder } from '../recorded-run.ts'

const folder = ownFolder()

for (const shell of shells)
  test(`${shell} can read its script`, { skip: lacking(shell) }, () => {
    const path = join(folder, shell)
    writeFileSync(path, completionScript[shell])
    const { status, stderr } = spawnSync(shell, ['-n', path], { encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''])
  })
