import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openAuthority } from '../../../ca/index.ts'
import { openRun } from '../../../src/cli/run.ts'
import { fetchThrough } from '../../../src/peers/client.ts'
import { startOrigins } from '../../../src/peers/origins.ts'
import { optionsIn } from '../recorded-run.ts'

/**
 * Two captures of the same servers: the second client has TLS 1.2 at most and HTTP/1.1, the server in clear answers
 * otherwise, one URL is asked for twice, and one host is missing.
 */
export async function recordTwoRuns(folder: string): Promise<readonly [first: string, second: string]> {
  const origins = await startOrigins({ slowMs: 1 })
  let run = 0
  const site = createServer((_, response) =>
    response.writeHead(run === 0 ? 200 : 500, { 'x-run': String(run) }).end(`line one\nrun ${run}\n`),
  )
  await once(site.listen(0, '127.0.0.1'), 'listening')
  const plain = new URL(`http://127.0.0.1:${(site.address() as AddressInfo).port}/answer`)
  const record = async (name: string, curlOptions: readonly string[], urls: readonly URL[]): Promise<string> => {
    mkdirSync(join(folder, name))
    const options = optionsIn(join(folder, name), { hosts: origins.addresses })
    const proxy = await openRun({ ...options, upstreamRoots: [origins.caPem] })
    const { certificatePem: ca } = await openAuthority(options.proxy.authorityFolder)
    const at = ['-s', '-k', '--noproxy', '', '-x', `http://127.0.0.1:${proxy.port}`, '-o', '/dev/null']
    const child = spawn('curl', [...at, ...curlOptions, `${origins.named('tls13').url}/json`])
    await once(child, 'close')
    for (const url of urls) await fetchThrough({ url, proxy, ca, timeout: 8000 })
    await proxy.close()
    run++
    return options.capturePath
  }
  const ours = new URL('/json', origins.named('http11').url)
  try {
    return [
      await record('first', [], [plain, ours, new URL('/json', origins.named('expired').url)]),
      await record('second', ['--tls-max', '1.2', '--http1.1'], [plain, ours, ours]),
    ]
  } finally {
    await origins.close()
    site.close()
  }
}
