import { join } from 'node:path'
import type { Parley } from './parley.ts'
import { type Ended, type Owner, type ProcessOptions, run, temporaryFolder } from './processes.ts'

const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'].map(each => `--disable-${each}`)

/** Chromium with a profile of its own, through Parley: stdout is the page as it then is. */
export function runChromium(
  owner: Owner,
  parley: Pick<Parley, 'port'>,
  url: string,
  flags: readonly string[] = [],
  env: ProcessOptions['env'] = {},
): Promise<Ended> {
  const profile = `--user-data-dir=${join(temporaryFolder(owner), 'profile')}`
  const via = [`--proxy-server=http://127.0.0.1:${parley.port}`, '--proxy-bypass-list=<-loopback>']
  const all = ['--headless', '--no-sandbox', '--no-first-run', ...quiet, profile, ...via, ...flags, '--dump-dom', url]
  return run('chromium', all, { timeout: 40_000, env })
}
