import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CliError } from '../../../src/cli/fail.ts'
import { startImport } from '../../../src/cli/importing/start-import.ts'
import { pcapFile } from '../../import/sample-file.ts'
import { ownFolder } from '../recorded-run.ts'

const limits = { body: 1000, behind: 1 }

test('changes and sentences are heard until all is in the capture', async () => {
  const path = join(ownFolder(), 'a.pcap')
  writeFileSync(path, pcapFile.subarray(0, -1))
  const importing = startImport({ files: [path], keyLogs: [], to: join(ownFolder(), 'made.parley'), limits })
  const [flows, said] = [new Set<number>(), [] as string[]]
  importing.onChange(changes => {
    for (const flow of changes.flows) flows.add(flow)
  })
  importing.onSaid(sentence => said.push(sentence))
  const unheard = importing.onSaid(() => assert.fail('nobody listens any more'))
  unheard()
  await importing.opened
  await importing.done
  assert.deepEqual([[...flows], said.length], [[1], 1])
})

test('a file that is not there fails both waits, and so does giving up', async () => {
  const missing = startImport({ files: ['/nowhere/a.pcap'], keyLogs: [], to: join(ownFolder(), 'made.parley'), limits })
  await assert.rejects(missing.opened, CliError)
  await assert.rejects(missing.done, CliError)
  const givenUp = startImport({ files: ['/dev/zero'], keyLogs: [], to: join(ownFolder(), 'made.parley'), limits })
  await givenUp.stop()
  await assert.rejects(givenUp.done, CliError)
})
