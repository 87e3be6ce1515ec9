import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { Family } from './family.ts'

const off = [
  'background-mode',
  'background-networking',
  'breakpad',
  'client-side-phishing-detection',
  'component-update',
  'crash-reporter',
  'default-apps',
  'domain-reliability',
  'field-trial-config',
  'quic', // it would go around the proxy
  'search-engine-choice-screen',
  'sync',
]

/** Of what the browser would ask for by itself. */
const features = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'ChromeWhatsNewUI',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationGuideModelDownloading',
  'OptimizationHints',
  'OptimizationHintsFetching',
  'OptimizationTargetPrediction',
  'PrivacySandboxSettings4',
  'SidePanelPinning',
  'Translate',
]

const constant = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--metrics-recording-only',
  '--password-store=basic', // no question for the desktop's keyring
  '--use-mock-keychain',
  '--check-for-update-interval=31536000',
  '--gaia-url=https://127.0.0.1:1/', // who is signed in is not asked: to this port it never connects
  '--component-updater=url-source=http://127.0.0.1:0/',
  ...off.map(name => `--disable-${name}`),
  `--disable-features=${features.join(',')}`,
]

const preferences = {
  alternate_error_pages: { enabled: false },
  browser: { check_default_browser: false, has_seen_welcome_page: true },
  dns_prefetching: { enabled: false },
  net: { network_prediction_options: 2 },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  signin: { allowed: false, allowed_on_next_startup: false },
}

/** Chromium and what is built from it. The root is trusted by the hash of its key, for this start alone. */
export const chromium: Family = {
  environment: {},
  async prepare({ profile }) {
    const folder = join(profile, 'Default')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'Preferences')
    if (!existsSync(path)) writeFileSync(path, JSON.stringify(preferences), { mode: 0o600 })
  },
  arguments: ({ profile, folder, proxy, root, privileged }) => [
    ...constant,
    ...(privileged ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`,
    `--crash-dumps-dir=${join(folder, 'crashes')}`,
    `--proxy-server=http://${hostAndPort(proxy)}`,
    '--proxy-bypass-list=<-loopback>', // without it loopback is not proxied
    `--ignore-certificate-errors-spki-list=${root.spkiSha256}`,
  ],
}
