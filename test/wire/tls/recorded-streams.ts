import { readFileSync } from 'node:fs'
import type { LegCapture, WireChunk } from '../../../src/wire/tls/capture.ts'

/** A connection of test/fixtures/tls-streams: see its README. */
export function recordedStream(name: string): LegCapture {
  const lines = readFileSync(new URL(`../../fixtures/tls-streams/${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const chunks = { 'to-server': [] as WireChunk[], 'to-client': [] as WireChunk[] }
  const keyLog: string[] = []
  for (const [at, line] of lines.entries()) {
    const side = line.startsWith('> ') ? chunks['to-server'] : line.startsWith('< ') ? chunks['to-client'] : undefined
    if (!side) {
      keyLog.push(line)
      continue
    }
    const last = side.at(-1)
    side.push({ at, offset: last ? last.offset + last.bytes.length : 0, bytes: Buffer.from(line.slice(2), 'hex') })
  }
  return { chunks, headers: { 'to-server': [], 'to-client': [] }, keyLog, tlsStartsAt: { toServer: 0, toClient: 0 } }
}
