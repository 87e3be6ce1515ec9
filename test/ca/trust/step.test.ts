import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, insist, showStep, TrustError, take } from '../../../ca/trust/step.ts'
import { machineFor } from './machine.ts'

const step = (asRoot: boolean) => ({ command: 'tool', args: ['a b', "it's", '$(id)'], asRoot })

test('a step is shown as a shell would take it, by sudo where it needs a root that we are not', t => {
  const quoted = `tool 'a b' 'it'\\''s' '$(id)'`
  assert.equal(showStep(machineFor(t), step(true)), quoted)
  assert.equal(showStep(machineFor(t, { isRoot: false }), step(true)), `sudo -- ${quoted}`)
  assert.equal(showStep(machineFor(t, { isRoot: false }), step(false)), quoted)
  assert.equal(showStep(machineFor(t, { isRoot: false, platform: 'win32' }), step(true)), quoted)
})

test('it is run as it is shown, its words whole, in English', async t => {
  const machine = machineFor(t, { isRoot: false })
  machine.fake('sudo', 'fs.writeFileSync(path.join(state, "words"), JSON.stringify([process.env.LC_ALL, ...args]))')
  await take(machine, step(true))
  assert.deepEqual(machine.calls(), ["sudo -- tool a b it's $(id)"])
})

test('a program that fails is named with what it said; one that is not there as well', async t => {
  const machine = machineFor(t)
  machine.fake('tool', 'console.log("out"); console.error("line 1\\nline 2"); process.exit(3)')
  assert.deepEqual(await ask(machine, 'tool'), { code: 3, stdout: 'out\n', stderr: 'line 1\nline 2\n' })
  await assert.rejects(insist(machine, 'tool'), /^Error: tool failed with 3: line 1 line 2/)
  await take(machine, { command: 'tool', args: [], asRoot: false, mayFail: true })
  await assert.rejects(take(machine, { command: 'no-such-tool', args: [], asRoot: false }), error => {
    assert.ok(error instanceof TrustError)
    assert.match(error.message, /no-such-tool cannot be started \(ENOENT\)/)
    return true
  })
})
