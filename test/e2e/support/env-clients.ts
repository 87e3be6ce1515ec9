import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quietPreferences } from '../../../src/launch/browser/firefox-preferences.ts'
import { childEnvironment } from '../../../src/library/child-environment.ts'
import { runChromium } from './browser.ts'
import { clients } from './clients.ts'
import { startConnectRelay } from './connect-relay.ts'
import type { Went } from './hello-differences.ts'
import { type Ended, type Owner, run, temporaryFolder } from './processes.ts'
import { findProgram } from './programs.ts'
import { ownCaches } from './try-client.ts'

/** A real client that asks for a page through the proxy at a port. */
export interface ProxiedClient {
  readonly name: string
  ask(owner: Owner, at: Asking): Promise<Went>
}

export interface Asking {
  readonly proxyPort: number
  readonly host: string
  readonly port: number
  /** PEM of the roots to trust, and a file with them. */
  readonly roots: readonly string[]
  readonly rootsPath: string
  /** What the page says. */
  readonly page: RegExp
}

const gotPage = (it: boolean): Went => (it ? { got: 'the page' } : { refused: 'somehow' })
const answered = ({ page }: Asking, { stdout, stderr }: Ended): Went => gotPage(page.test(stdout + stderr))
const url = ({ host, port }: Asking): string => `https://${host}:${port}/asked`

/** Every client of a runtime or library that this machine has, in the environment that `parley run` gives. */
export const libraries: readonly ProxiedClient[] = clients
  .filter(({ program, local, name }) => program !== undefined && !local && !name.startsWith('openssl'))
  .map(client => ({
    name: client.name,
    async ask(owner, at) {
      const folder = temporaryFolder(owner)
      client.prepare?.(folder)
      const env = await childEnvironment(folder, { host: '127.0.0.1', port: at.proxyPort }, at.roots)
      const args = (client.more ?? client).arguments(url(at), folder)
      const options = { cwd: folder, env: { ...ownCaches(folder), ...env }, timeout: 60_000 }
      const ended = await run(client.program!, args, options)
      return client.absent?.test(ended.stdout + ended.stderr) ? { gaveUp: 'is not installed' } : answered(at, ended)
    },
  }))

const curl = (...args: readonly string[]): ProxiedClient => ({
  name: `curl ${args.join(' ')}`,
  async ask(_, at) {
    const via = ['-sS', '--noproxy', '', '-x', `http://127.0.0.1:${at.proxyPort}`, '--cacert', at.rootsPath]
    return answered(at, await run('curl', [...via, ...args, url(at)], { timeout: 20_000 }))
  },
})

const request = ({ host }: Asking): string => `GET /asked HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`

const openssl = (...args: readonly string[]): ProxiedClient => ({
  name: `openssl s_client ${args.join(' ')}`,
  async ask(_, at) {
    const to = ['-proxy', `127.0.0.1:${at.proxyPort}`, '-connect', `${at.host}:${at.port}`, '-CAfile', at.rootsPath]
    const flags = ['-ign_eof', '-verify_return_error', '-quiet', ...args]
    return answered(at, await run('openssl', ['s_client', ...to, ...flags], { input: request(at), timeout: 20_000 }))
  },
})

const gnutls = (priority: string): ProxiedClient => ({
  name: `gnutls-cli ${priority}`,
  async ask(owner, at) {
    const port = await startConnectRelay(owner, at.proxyPort, `${at.host}:${at.port}`)
    const names = ['--sni-hostname', at.host, '--verify-hostname', at.host, '--x509cafile', at.rootsPath]
    const log = ['--logfile', join(temporaryFolder(owner), 'log'), '--priority', priority]
    const args = [...names, ...log, '-p', String(port), '127.0.0.1']
    return answered(at, await run('gnutls-cli', args, { input: request(at), timeout: 20_000 }))
  },
})

/** The same programs with hellos of other shapes. */
export const variants: readonly ProxiedClient[] = [
  ...[
    curl('--http1.1'),
    curl('--no-alpn'),
    curl('--tls-max', '1.2'),
    curl('--tlsv1.3'),
    curl('--curves', 'P-521:P-384'),
    curl('--ciphers', 'ECDHE+CHACHA20', '--tls-max', '1.2'),
    curl('--ciphers', 'AES256-SHA', '--tls-max', '1.2'),
    curl('--no-sessionid', '--cert-status', '-k'),
  ],
  ...[
    openssl('-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'),
    openssl('-tls1_3', '-groups', 'X448:ffdhe3072:P-256'),
    openssl('-tls1_3', '-groups', 'P-384', '-no_middlebox'),
    openssl('-tls1_2', '-cipher', 'DHE-RSA-AES256-SHA256:@SECLEVEL=0'),
    openssl('-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0'),
    openssl('-tls1_2', '-no_ticket'),
    openssl('-noservername', '-status'),
    openssl('-sigalgs', 'ECDSA+SHA384:ECDSA+SHA256:RSA-PSS+SHA256', '-alpn', 'http/1.1,unheard-of'),
    openssl('-fallback_scsv', '-no_tls1_3'),
    openssl('-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'),
    openssl('-enable_pha', '-maxfraglen', '1024'),
  ],
  ...[
    gnutls('NORMAL'),
    gnutls('NORMAL:-VERS-TLS1.3'),
    gnutls('NORMAL:%NO_EXTENSIONS:-VERS-ALL:+VERS-TLS1.2'),
    gnutls('NORMAL:-GROUP-ALL:+GROUP-FFDHE2048:+GROUP-SECP521R1'),
    gnutls('SECURE256'),
    gnutls('NORMAL:%COMPAT'),
    gnutls('NORMAL:%DUMBFW'),
  ],
].filter(({ name }) => findProgram(name.split(' ')[0]!))

export const browsers: readonly ProxiedClient[] = [
  {
    name: 'chromium',
    async ask(owner, at) {
      const { stdout } = await runChromium(owner, { port: at.proxyPort }, url(at), ['--ignore-certificate-errors'])
      return gotPage(at.page.test(stdout))
    },
  },
  {
    name: 'firefox',
    async ask(owner, at) {
      const profile = temporaryFolder(owner)
      await trustInFirefox(profile, at.roots)
      writeFileSync(join(profile, 'user.js'), firefoxPreferences(at.proxyPort))
      const args = ['--headless', '--profile', profile, '--screenshot', join(profile, 'page.png'), url(at)]
      await run('firefox-esr', args, { timeout: 60_000, env: { HOME: profile } })
      return gotPage(readdirSync(profile).includes('page.png'))
    },
  },
]

async function trustInFirefox(profile: string, roots: readonly string[]): Promise<void> {
  const store = ['-d', `sql:${profile}`]
  await run('certutil', ['-N', ...store, '--empty-password'])
  for (const [index, root] of roots.entries())
    await run('certutil', ['-A', ...store, '-n', `root ${index}`, '-t', 'C,,', '-a'], { input: root })
}

/** Only the origin is to be found: what else it asks for at its start is nobody's. */
function firefoxPreferences(proxyPort: number): string {
  const script = `function FindProxyForURL(url, host) { return 'PROXY 127.0.0.1:' + (/[.]test$/.test(host) ? ${proxyPort} : 1) }`
  const own = { 'network.proxy.type': 2, 'network.proxy.autoconfig_url': `data:,${encodeURIComponent(script)}` }
  return Object.entries({ ...quietPreferences, ...own })
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('')
}
