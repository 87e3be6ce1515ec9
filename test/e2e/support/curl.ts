import type { Parley } from './parley.ts'
import { type Ended, run } from './processes.ts'

/** curl through the proxy, which it trusts unless told; silent but for errors, at most 20 seconds. */
export function runCurl(parley: Parley, args: readonly string[], { trust = true } = {}): Promise<Ended> {
  const fixed = ['-sS', '--max-time', '20', '--proxy', parley.url, '--noproxy', '']
  return run('curl', [...fixed, ...(trust ? ['--cacert', parley.caPath] : []), ...args], { timeout: 25_000 })
}
