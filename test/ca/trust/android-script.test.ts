import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { addToSystem, removeFromSystem, systemFolder } from '../../../ca/trust/android-script.ts'

test('each script is good for a POSIX shell, and can stand between single quotes', () => {
  for (const script of [addToSystem('0123abcd.0'), removeFromSystem('0123abcd.0')]) {
    assert.equal(spawnSync('sh', ['-n', '-c', script]).status, 0, script)
    assert.ok(!script.includes("'"))
    assert.ok(script.startsWith('set -e\n'))
  }
})

test('the copy of the system’s roots is laid over them before the new one comes, and no file of the system is written', () => {
  const lines = addToSystem('0123abcd.0').split('\n')
  const at = (start: string) => lines.findIndex(line => line.startsWith(start))
  assert.ok(at('cp $from/*') < at('mount -t tmpfs') && at('mount -t tmpfs') < at('mv /data/local/tmp/0123abcd.0'))
  assert.equal(removeFromSystem('0123abcd.0').split('\n').at(-1), `rm -f ${systemFolder}/0123abcd.0`)
})
