import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTool } from '../launch/run-tool.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { Errand, KnownProgram } from './programs.ts'

const limit = 60_000 // ms: the first start of a profile takes its time
const installed = 'start it with parley browser, which sets up all it needs'

/** Nothing of a browser is written elsewhere. */
const environment = ({ folder }: Errand): Readonly<Record<string, string>> => ({
  HOME: folder,
  XDG_CONFIG_HOME: folder,
  XDG_CACHE_HOME: folder,
  XDG_DATA_HOME: folder,
})

const chromium = (name: string, ...commands: readonly string[]): KnownProgram => ({
  name,
  commands,
  args: ({ url, folder, proxy, root }) => [
    '--headless',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'profile')}`,
    `--proxy-server=http://${hostAndPort(proxy)}`,
    '--proxy-bypass-list=<-loopback>',
    `--ignore-certificate-errors-spki-list=${root.spkiSha256}`,
    '--dump-dom',
    url,
  ],
  environment,
  remedy: installed,
  limit,
})

const firefox: KnownProgram = {
  name: 'firefox',
  commands: ['firefox', 'firefox-esr'],
  async prepare({ folder, proxy, root }) {
    const preferences = {
      'network.proxy.type': 1,
      'network.proxy.ssl': proxy.host,
      'network.proxy.ssl_port': proxy.port,
      'network.proxy.allow_hijacking_localhost': true,
      'app.update.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    }
    const lines = Object.entries(preferences).map(([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});\n`)
    writeFileSync(join(folder, 'user.js'), lines.join(''))
    const store = ['-d', `sql:${folder}`]
    await runTool('certutil', ['-N', ...store, '--empty-password'])
    await runTool('certutil', ['-A', ...store, '-t', 'C,,', '-n', 'Parley', '-i', root.certificatePath])
  },
  args: ({ url, folder }) => ['--headless', '--no-remote', '--profile', folder, url],
  environment,
  remedy: `install certutil (Debian: libnss3-tools), or ${installed}`,
  limit,
}

export const knownBrowsers: readonly KnownProgram[] = [
  chromium('chromium', 'chromium', 'chromium-browser'),
  chromium('chrome', 'google-chrome', 'google-chrome-stable'),
  chromium('edge', 'microsoft-edge', 'microsoft-edge-stable'),
  chromium('brave', 'brave-browser', 'brave'),
  chromium('vivaldi', 'vivaldi', 'vivaldi-stable'),
  firefox,
]
