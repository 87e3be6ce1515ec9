/** What a leaf for a new host costs of CPU, warm, signed by the intermediate and by the root. Budget: 0.1 ms, for clients with ECDSA. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../../ca/index.ts'
import { realCertificate } from '../ca/make.ts'

const runs = 300
const rounds = 7
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const authority = await openAuthority(folder)
await authority.prepare()

let made = 0
const nextHost = () => `h${++made}.example.com`

/** µs a leaf: the mean of one round. */
async function round(signature: 'ec' | 'rsa'): Promise<number> {
  const asked = await Promise.all(
    Array.from({ length: runs }, async () => {
      const host = nextHost()
      return { host, real: await realCertificate({ commonName: host, dnsNames: [host, `*.${host}`] }) }
    }),
  )
  const before = process.cpuUsage()
  for (const { host, real } of asked) await authority.leafFor(host, real, signature)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / runs
}

for (const signature of ['ec', 'rsa'] as const) {
  await round(signature)
  const times: number[] = []
  for (let i = 0; i < rounds; i++) times.push(await round(signature))
  const [least, median, most] = [0, rounds >> 1, rounds - 1].map(i => times.toSorted((a, b) => a - b)[i]!.toFixed(0))
  console.log(`a leaf signed with ${signature}: median ${median} µs of CPU [${least}–${most}]`)
}
