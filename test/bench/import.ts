/**
 * How fast a file of packets becomes a capture, beside tshark on the same file: TLS 1.3 in segments of 1,448 bytes, 2 MB a
 * connection. `import.ts [MB]`, 1,000 unless told; a file and its key log instead: `import.ts FILE KEYS`.
 */

import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importCapture } from '../../src/import/import-capture.ts'
import { lacking } from '../lacking.ts'
import { pcap } from '../wire/packet/make-packets.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { inTime } from '../wire/tls/stream/session-telling.ts'
import { identity } from '../wire/tls/test-certificates.ts'
import { sessionPackets } from './session-packets.ts'

const [first = '1000', given] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
try {
  const [file, keys] = given === undefined ? await make(Number(first)) : [first, given]
  const { size } = statSync(file)
  const started = performance.now()
  let most = 0
  let firstRows = 0
  await importCapture(
    { files: [file], keyLogs: [keys], to: join(folder, 'out.parley'), limits: { body: 2 ** 28, behind: Infinity } },
    {
      opened() {},
      said: console.log,
      progress() {
        most = Math.max(most, process.memoryUsage.rss())
      },
      changed({ flows }) {
        if (firstRows === 0 && flows.length > 0) firstRows = performance.now() - started
      },
    },
  )
  tell('parley', size, performance.now() - started)
  console.log(`first rows after ${firstRows.toFixed(0)} ms, ${(most / 1e6).toFixed(0)} MB resident at most`)
  const missing = lacking('tshark')
  if (missing) console.log(`tshark: ${missing}`)
  else {
    const beside = performance.now()
    const args = ['-r', file, '-n', '-o', `tls.keylog_file:${keys}`, '-q', '-z', 'io,stat,0']
    const { status } = spawnSync('tshark', args, { stdio: 'ignore' })
    if (status === 0) tell('tshark', size, performance.now() - beside)
  }
} finally {
  rmSync(folder, { recursive: true })
}

function tell(who: string, bytes: number, ms: number): void {
  console.log(
    `${who}: ${(bytes / 1e6).toFixed(0)} MB in ${(ms / 1000).toFixed(1)} s, ${(bytes / 1e3 / ms).toFixed(0)} MB/s`,
  )
}

/** The same session again and again, each time from another port. */
async function make(megabytes: number): Promise<readonly [string, string]> {
  const body = Buffer.alloc(2_000_000, 'a body of some length, ')
  const head = `POST /upload HTTP/1.1\r\nHost: a.example\r\nContent-Length: ${body.length}\r\n\r\n`
  const { capture } = await tlsPair({ server: identity('rsa'), request: `${head}${body}` }).connect()
  const [file, keys] = [join(folder, 'in.pcap'), join(folder, 'keys')]
  writeFileSync(keys, `${capture.keyLog.join('\n')}\n`)
  writeFileSync(file, pcap([], { linkType: 101 }))
  const chunks = inTime(capture)
  for (let port = 1024; statSync(file).size < megabytes * 1e6; port++)
    appendFileSync(file, sessionPackets(port, chunks))
  return [file, keys]
}
