import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FoundProcesses } from '../../../src/cli/threads/found-processes.ts'

test('who asks is answered once, whether it was found before or is found later; nobody else is told', () => {
  const answers: string[] = []
  const processes = new FoundProcesses((connection, { name }) => answers.push(`${connection} ${name}`))
  const found = (connection: number, name: string) => processes.found(connection, { pid: 2, name, command: name })
  found(1, 'curl')
  processes.ask(2)
  assert.deepEqual(answers, [])
  found(2, 'wget')
  processes.ask(1)
  found(3, 'node')
  assert.deepEqual(answers, ['2 wget', '1 curl'])
})
