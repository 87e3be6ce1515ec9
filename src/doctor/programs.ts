/** What a program is to ask for, and with what. */
export interface Errand {
  /** `https://NAME.DOMAIN:PORT/`; only the proxy knows where that is. */
  readonly url: string
  /** A folder of its own. */
  readonly folder: string
}

/** A program that can make a request over HTTPS. */
export interface KnownProgram {
  /** Also the first label of the host that it is sent to. */
  readonly name: string
  /** Its names on PATH, the best first. */
  readonly commands: readonly string[]
  args(errand: Errand): readonly string[]
  /** What it reads on stdin. */
  readonly input?: string
  environment?(errand: Errand): Readonly<Record<string, string>>
  /** What mends it, where it did not go through Parley or did not trust it. */
  readonly remedy: string
}

const php = '<?php exit(@file_get_contents($argv[1]) === false ? print_r(error_get_last()["message"]) && 1 : 0);'
const perl = '$r = HTTP::Tiny->new(verify_SSL => 1)->get($ARGV[0]); die $r->{content} unless $r->{success}'
const node =
  "require('https').get(process.argv[1], r => r.resume()).on('error', e => { console.error(e.message); process.exit(1) })"
const fetching =
  'fetch(process.argv[1]).then(r => r.text()).catch(e => { console.error(String(e.cause || e)); process.exit(1) })'

/** Every runtime that is sent through the proxy where it is found. What counts is that its request comes. */
export const knownPrograms: readonly KnownProgram[] = [
  {
    name: 'curl',
    commands: ['curl'],
    args: ({ url }) => ['-sS', '-o', '-', url],
    remedy: 'look for proxy, noproxy and cacert in ~/.curlrc',
  },
  {
    name: 'wget',
    commands: ['wget'],
    args: ({ url }) => ['-nv', '--tries=1', '-O', '-', url],
    remedy: 'look for proxy and certificate lines in ~/.wgetrc and /etc/wgetrc',
  },
  {
    name: 'python',
    commands: ['python3', 'python'],
    args: ({ url }) => ['-c', 'import sys, urllib.request as r; r.urlopen(sys.argv[1]).read()', url],
    remedy: 'unset PYTHONHTTPSVERIFY SSL_CERT_DIR',
  },
  {
    name: 'node',
    commands: ['node'],
    args: ({ url }) => ['-e', node, url],
    remedy: 'install Node 24.5, 22.21 or newer, and unset NODE_OPTIONS',
  },
  {
    name: 'java',
    commands: ['java'],
    args: ({ url }) => ['-m', 'java.base/sun.security.tools.keytool.Main', '-printcrl', '-file', url], // a runtime without compiler has it
    remedy: 'unset JAVA_OPTS _JAVA_OPTIONS JDK_JAVA_OPTIONS',
  },
  {
    name: 'go',
    commands: ['go'],
    args: () => ['list', '-m', '-versions', 'parley.test/module'],
    environment: ({ url, folder }) => ({
      GOPROXY: url,
      GOFLAGS: '-mod=mod -modcacherw', // what it writes can be removed
      GONOPROXY: 'none',
      GOSUMDB: 'off',
      GOTOOLCHAIN: 'local',
      GOMODCACHE: folder,
      GOCACHE: folder,
      GOENV: 'off',
    }),
    remedy: 'unset SSL_CERT_DIR; on macOS and Windows Go reads the system store: parley ca install',
  },
  {
    name: 'ruby',
    commands: ['ruby'],
    args: ({ url }) => ['-ropen-uri', '-e', 'URI.open(ARGV[0]).read', url],
    remedy: 'unset RUBYOPT SSL_CERT_DIR',
  },
  {
    name: 'perl',
    commands: ['perl'],
    args: ({ url }) => ['-MHTTP::Tiny', '-e', perl, url],
    remedy: 'install IO::Socket::SSL (Debian: libio-socket-ssl-perl)',
  },
  {
    name: 'php',
    commands: ['php'],
    args: ({ url }) => ['--', url],
    input: php,
    remedy: 'look for openssl.cafile and auto_prepend_file in php.ini, and load its openssl extension',
  },
  {
    name: 'git',
    commands: ['git'],
    args: ({ url }) => ['ls-remote', `${url}repository.git`],
    environment: () => ({ GIT_TERMINAL_PROMPT: '0' }),
    remedy: "look at git config --get-regexp '^http' for a proxy or sslCAInfo",
  },
  {
    name: 'deno',
    commands: ['deno'],
    args: ({ url }) => ['eval', `await (await fetch(${JSON.stringify(url)})).text()`],
    remedy: 'unset DENO_TLS_CA_STORE',
  },
  {
    name: 'bun',
    commands: ['bun'],
    args: ({ url }) => ['-e', fetching, url],
    remedy: 'install a newer Bun',
  },
]
