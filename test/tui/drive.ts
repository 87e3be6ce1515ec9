/**
 * Shows the sample capture on this terminal, for a look: `node --import tsx test/tui/drive.ts [empty|live|crash]`.
 * `live` goes on writing flows; `crash` throws after two seconds, so that one can see what is left of the terminal.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Changes } from '../../src/model/changes.ts'
import { runTui } from '../../src/tui/run-tui.tsx'
import { sampleExchange, writeSample } from './sample.ts'

const mode = process.argv[2] ?? 'sample'
const folder = mkdtempSync(join(tmpdir(), 'parley-tui-'))
const path = join(folder, '2026-11-20.parley')
const { openCaptureWriter } = await import('../../src/store/writer.ts')
const writer = mode === 'empty' ? openCaptureWriter(path) : await writeSample(path, 120)
writer.commit()
const listeners = new Set<(changes: Changes) => void>()
let id = 120
const timer = setInterval(() => {
  if (mode !== 'live') return
  const ids = Array.from({ length: 5 }, () => ++id)
  for (const each of ids) writer.exchange(sampleExchange(each))
  writer.commit()
  for (const listener of listeners) listener({ flows: ids, connections: [1] })
}, 50)
if (mode === 'crash') setTimeout(() => Promise.reject(new Error('a crash on purpose')), 2000)
try {
  await runTui({
    capture: path,
    subscribe: changed => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    status: { listen: '127.0.0.1:8080', recording: true, capturePath: path, command: 'parley' },
    actions: { passThrough: host => `From now on ${host} is passed through.` },
    hints: [
      {
        what: 'a program that takes a proxy:',
        command: 'curl -x http://127.0.0.1:8080 --cacert ca.pem https://example.com/',
      },
      { what: 'any command, set up for the proxy:', command: 'parley run -- npm test' },
    ],
  })
  console.log('quit')
} finally {
  clearInterval(timer)
  writer.close()
  rmSync(folder, { recursive: true })
}
