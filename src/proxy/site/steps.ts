import { type Markup, markup } from './markup.ts'
import type { RootFacts } from './root.ts'

/** How a platform is made to trust the root. */
export interface Platform {
  readonly name: string
  /** What its browsers call themselves. */
  readonly agents: RegExp
  /** One after the other; where they are `ways`, each is enough. */
  readonly steps: readonly Markup[]
  readonly ways?: true
}

const pem = markup`<a href="/parley-ca.pem">parley-ca.pem</a>`
const command = (text: string): Markup => markup`<pre>${text}</pre>`

const computers = (): readonly Platform[] => [
  {
    name: 'Linux',
    agents: /^(?!.*Android).*(?:Linux|X11)/,
    ways: true,
    steps: [
      markup`With ${pem} on Debian, Ubuntu and their kin:
        ${command('sudo cp parley-ca.pem /usr/local/share/ca-certificates/parley-ca.crt\nsudo update-ca-certificates')}`,
      markup`On Fedora, RHEL and their kin:
        ${command('sudo cp parley-ca.pem /etc/pki/ca-trust/source/anchors/\nsudo update-ca-trust')}`,
      markup`On Arch: ${command('sudo trust anchor --store parley-ca.pem')}`,
      markup`Chrome and Chromium have a store of their own (<code>certutil</code> is in libnss3-tools):
        ${command('certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n Parley -i parley-ca.pem')}`,
    ],
  },
  {
    name: 'macOS',
    agents: /Macintosh/,
    steps: [
      markup`Download <a href="/parley-ca.cer">parley-ca.cer</a> and open it: Keychain Access adds it.`,
      markup`Find it there, open it, and under <em>Trust</em> choose <em>Always Trust</em>. Or in a terminal:
        ${command('sudo security add-trusted-cert -d -k /Library/Keychains/System.keychain parley-ca.cer')}`,
    ],
  },
  {
    name: 'Windows',
    agents: /Windows/,
    steps: [
      markup`Download <a href="/parley-ca.crt">parley-ca.crt</a> and open it: <em>Install Certificate…</em>,
        <em>Current User</em>.`,
      markup`Place it in <em>Trusted Root Certification Authorities</em>; the automatic choice is not enough. Or in a
        terminal: ${command('certutil -user -addstore Root parley-ca.crt')}`,
    ],
  },
]

const programs: readonly Platform[] = [
  {
    name: 'Firefox on a computer',
    agents: /^(?!.*(?:Android|Mobile)).*Firefox/,
    steps: [
      markup`Download ${pem}.`,
      markup`<em>Settings</em>, <em>Privacy &amp; Security</em>, <em>View Certificates…</em>, <em>Authorities</em>,
        <em>Import…</em>: choose the file.`,
      markup`Tick <em>Trust this CA to identify websites</em>.`,
    ],
  },
  {
    name: 'Programs without a browser',
    agents: /^(?:curl|Wget|python|node)/i,
    ways: true,
    steps: [
      markup`With ${pem} and curl: ${command('curl --cacert parley-ca.pem https://example.com/')}`,
      markup`Node.js: ${command('NODE_EXTRA_CA_CERTS=parley-ca.pem node app.js')}`,
      markup`Others that read OpenSSL’s variable; it takes the place of the system’s roots:
        ${command('SSL_CERT_FILE=parley-ca.pem program')}`,
    ],
  },
]

const phones = ({ name, androidName }: RootFacts): readonly Platform[] => [
  {
    name: 'iPhone, iPad',
    agents: /iPhone|iPad/,
    steps: [
      markup`In Safari open <a href="/parley-ca.mobileconfig">parley-ca.mobileconfig</a> and allow the download.`,
      markup`<em>Settings</em>, <em>Profile Downloaded</em>, <em>Install</em>.`,
      markup`<em>Settings</em>, <em>General</em>, <em>About</em>, <em>Certificate Trust Settings</em>: turn on
        <em>${name}</em>. Without this step nothing trusts it.`,
    ],
  },
  {
    name: 'Android',
    agents: /Android/,
    steps: [
      markup`Download <a href="/parley-ca.crt">parley-ca.crt</a>.`,
      markup`<em>Settings</em>, <em>Security</em>, <em>Encryption &amp; credentials</em>, <em>Install a certificate</em>,
        <em>CA certificate</em>: choose the file. The words differ a little from maker to maker.`,
      markup`Chrome trusts it now. Firefox does after <em>Settings</em>, <em>About</em>, five taps on its logo, then
        <em>Secret Settings</em>, <em>Use third party CA certificates</em>.`,
      markup`Other apps trust it only where they say so. On an emulator or a rooted device
        <a href="/${androidName}.0">${androidName}.0</a> in <code>/system/etc/security/cacerts/</code>, with mode 644, counts
        for all of them but those that pin their server’s certificate.`,
    ],
  },
]

export const platformsOf = (root: RootFacts): readonly Platform[] => [...phones(root), ...computers(), ...programs]
