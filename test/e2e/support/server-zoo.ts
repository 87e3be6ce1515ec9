import { join } from 'node:path'
import type { Files } from './identities.ts'
import { freePort, startNginx } from './nginx.ts'
import { identityArguments, startOpensslServer } from './openssl.ts'
import { type Owner, run, start, temporaryFolder } from './processes.ts'
import { findProgram } from './programs.ts'
import { startRuntimeServers } from './runtime-servers.ts'

/** A server that does one thing in its own way. */
export interface ZooServer {
  readonly name: string
  readonly port: number
}

const keyTypes = {
  ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  p521: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  rsa: ['rsa:2048'],
  pss: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ed25519: ['ed25519'],
  ed448: ['ed448'],
} as const
export type KeyType = keyof typeof keyTypes

export interface Zoo {
  readonly servers: readonly ZooServer[]
  /** PEM of the root of them all. */
  readonly caPath: string
  /** A certificate that it has issued, with its key. */
  files(type: KeyType): Files
}

/** Starts all of them for one host. */
export async function startZoo(owner: Owner, host: string): Promise<Zoo> {
  const { caPath, files } = await makeLeaves(temporaryFolder(owner), host)
  const openssl = Object.entries(opensslServers).map(async ([name, [keyType, ...args]]) => {
    const { port } = await startOpensslServer(
      owner,
      '-www',
      ...identityArguments(files(keyType)),
      '-CAfile',
      caPath,
      ...args,
    )
    return { name: `s_server ${name}`, port }
  })
  const gnutls = Object.entries(findProgram('gnutls-serv') ? gnutlsServers : {}).map(
    async ([name, [keyType, ...args]]) => ({
      name: `gnutls-serv ${name}`,
      port: await startGnutls(owner, files(keyType), args),
    }),
  )
  const nginx = await startNginx(
    owner,
    ...Object.values(nginxServers).map(([keyType, settings]) => {
      const { cert, key } = files(keyType)
      return `listen 127.0.0.1:PORT ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${key};
        ${settings} location / { return 200 "here\\n"; }`
    }),
  )
  const nginxes = Object.keys(nginxServers).map((name, index) => ({ name: `nginx ${name}`, port: nginx.ports[index]! }))
  const runtimes = await startRuntimeServers(owner, files('ec'))
  return { caPath, files, servers: [...(await Promise.all([...openssl, ...gnutls])), ...nginxes, ...runtimes] }
}

/** Its port, which may be taken between being found and being used. */
async function startGnutls(owner: Owner, { cert, key }: Files, args: readonly string[], tries = 3): Promise<number> {
  const port = await freePort()
  const own = ['--x509certfile', cert, '--x509keyfile', key, '--http', '--port', String(port)]
  const running = start(owner, 'gnutls-serv', [...own, ...args], { open: true })
  const failed = await running.heard(/listening on .*\n/i).then(
    () => undefined,
    error => error as Error,
  )
  if (!failed) return port
  if (tries === 1) throw failed
  return startGnutls(owner, { cert, key }, args, tries - 1)
}

async function makeLeaves(folder: string, host: string) {
  const path = (name: string): string => join(folder, `${name}.pem`)
  const req = async (name: string, kind: readonly string[], ...args: readonly string[]): Promise<void> => {
    const out = ['-keyout', path(`${name}.key`), '-out', path(name), '-nodes', '-days', '30']
    const { code, stderr } = await run('openssl', ['req', '-x509', '-newkey', ...kind, ...out, ...args])
    if (code !== 0) throw new Error(`openssl req ended with ${code}: ${stderr}`)
  }
  await req('ca', keyTypes.ec, '-subj', '/CN=zoo')
  const issuer = ['-CA', path('ca'), '-CAkey', path('ca.key'), '-subj', `/CN=${host}`]
  const names = ['-addext', `subjectAltName=DNS:${host}`, '-addext', 'basicConstraints=critical,CA:FALSE']
  await Promise.all(Object.entries(keyTypes).map(([name, kind]) => req(name, kind, ...issuer, ...names)))
  return {
    caPath: path('ca'),
    files: (type: KeyType) => ({ cert: path(type), key: path(`${type}.key`) }),
  }
}

type Settings = Readonly<Record<string, readonly [KeyType, ...string[]]>>

const only12 = (cipher: string, ...more: readonly string[]): string[] => ['-tls1_2', '-cipher', cipher, ...more]
const group = (name: string): Settings => ({ [`group ${name}`]: ['ec', '-groups', name] })

const opensslServers: Settings = {
  'as it comes': ['ec'],
  ...Object.assign({}, ...['X25519', 'P-256', 'P-384', 'P-521', 'X448', 'ffdhe2048', 'ffdhe3072'].map(group)),
  'TLS 1.3 ChaCha20': ['rsa', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256', '-no_tls1_2'],
  'TLS 1.3 AES-128': ['rsa', '-ciphersuites', 'TLS_AES_128_GCM_SHA256'],
  'TLS 1.3 CCM': ['rsa', '-ciphersuites', 'TLS_AES_128_CCM_SHA256', '-no_tls1_2'],
  'no tickets': ['rsa', '-num_tickets', '0', '-no_ticket'],
  'eight tickets': ['ec', '-num_tickets', '8'],
  'no cache': ['rsa', '-no_cache', '-no_tls1_3'],
  'asks for a certificate': ['ec', '-verify', '1'],
  'requires a certificate': ['ec', '-Verify', '1'],
  'requires a certificate, TLS 1.2': ['rsa', '-Verify', '1', '-no_tls1_3'],
  'small records': ['rsa', '-max_send_frag', '512'],
  'P-384 key': ['p384'],
  'P-521 key': ['p521'],
  'RSA-PSS key': ['pss'],
  'Ed25519 key': ['ed25519'],
  'Ed448 key': ['ed448'],
  'Ed25519 key, TLS 1.2': ['ed25519', '-no_tls1_3'],
  'RSA-PSS key, TLS 1.2': ['pss', '-no_tls1_3'],
  'P-521 key, TLS 1.2': ['p521', '-no_tls1_3'],
  'ECDHE-RSA-GCM': ['rsa', ...only12('ECDHE-RSA-AES128-GCM-SHA256')],
  'ECDHE-ECDSA-GCM, P-384': ['ec', ...only12('ECDHE-ECDSA-AES256-GCM-SHA384', '-groups', 'P-384')],
  'ECDHE-ECDSA-ChaCha20, X25519': ['ec', ...only12('ECDHE-ECDSA-CHACHA20-POLY1305', '-groups', 'X25519')],
  'ECDHE-ECDSA-CCM': ['ec', ...only12('ECDHE-ECDSA-AES128-CCM')],
  'ECDHE-ECDSA-CCM8': ['ec', ...only12('ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0')],
  'DHE-RSA-GCM': ['rsa', ...only12('DHE-RSA-AES256-GCM-SHA384')],
  'DHE-RSA-ChaCha20': ['rsa', ...only12('DHE-RSA-CHACHA20-POLY1305')],
  'DHE-RSA-CBC': ['rsa', ...only12('DHE-RSA-AES128-SHA')],
  'RSA-GCM': ['rsa', ...only12('AES128-GCM-SHA256')],
  'RSA-CBC': ['rsa', ...only12('AES256-SHA')],
  'ECDHE-RSA-CBC': ['rsa', ...only12('ECDHE-RSA-AES128-SHA')],
  'ECDHE-ECDSA-CBC-SHA384': ['ec', ...only12('ECDHE-ECDSA-AES256-SHA384')],
  Camellia: ['rsa', ...only12('ECDHE-RSA-CAMELLIA128-SHA256')],
  'ARIA-GCM': ['rsa', ...only12('ECDHE-ARIA128-GCM-SHA256')],
  'TLS 1.1': ['rsa', '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'],
  'TLS 1.0': ['rsa', '-tls1', '-cipher', 'ALL:@SECLEVEL=0'],
}

const gnutlsServers: Settings = {
  'as it comes': ['ec'],
  'TLS 1.2, no ticket': ['rsa', '--noticket', '--priority', 'NORMAL:-VERS-TLS1.3'],
  'TLS 1.1': ['rsa', '--priority', 'NORMAL:-VERS-ALL:+VERS-TLS1.1'],
  'X448 alone': ['ec', '--priority', 'NORMAL:-GROUP-ALL:+GROUP-X448'],
  'CBC alone': ['rsa', '--priority', 'NORMAL:-VERS-TLS1.3:-CIPHER-ALL:+AES-128-CBC'],
  'early data, asks for no certificate': ['rsa', '--disable-client-cert', '--earlydata'],
  'requires a certificate': ['ec', '--require-client-cert'],
  'compresses its certificate': ['rsa', '--compress-cert', 'brotli', '--compress-cert', 'zlib'],
}

const nginxServers: Readonly<Record<string, readonly [KeyType, string]>> = {
  'as it comes': ['rsa', 'ssl_protocols TLSv1.2 TLSv1.3;'],
  'intermediate of Mozilla': [
    'ec',
    `ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; ssl_session_tickets off;
     ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-GCM-SHA256;`,
  ],
}
