import { hostAndPort } from '../../model/host-and-port.ts'
import { javaOptions } from './java-options.ts'
import type { ChildSetting } from './setting.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A variable of the environment that sends a program through the proxy or makes it trust Parley. */
export interface Variable {
  /** Its names: of many, both spellings are read by somebody. */
  readonly names: readonly string[]
  /** What it is for. */
  readonly says: string
  /** `before` is what it was. */
  value(setting: ChildSetting, before: string | undefined): string
}

/** `http://127.0.0.1:8080`, with credentials where the proxy wants them. */
export function proxyUrl({ host, port, credentials }: ChildSetting): string {
  const at = credentials === undefined ? '' : `${credentials.split(/:(.*)/s, 2).map(encodeURIComponent).join(':')}@`
  return `http://${at}${hostAndPort({ host, port })}`
}

const both = (name: string): readonly string[] => [name.toUpperCase(), name.toLowerCase()]
const proxy = (names: readonly string[], says: string): Variable => ({ names, says, value: proxyUrl })
const roots = (name: string, says: string): Variable => ({ names: [name], says, value: ({ files }) => files.roots })
const noProxy = (names: readonly string[], says: string): Variable => ({ names, says, value: exceptions })
const fixed = (name: string, text: string, says: string): Variable => ({ names: [name], says, value: () => text })

/** `.example.com` is what the most programs take for its subdomains. */
const exceptions = ({ except }: ChildSetting): string => except.map(host => host.replace(/^\*\./, '.')).join(',')

/** In NODE_OPTIONS a path may stand in quotes. */
const hooked = ({ files }: ChildSetting, before = ''): string =>
  `${before} --require ${JSON.stringify(files.nodeHook)}`.trim()

/** An empty part stands for the folder that PHP was built with. */
const phpFolders = ({ files }: ChildSetting, before = ''): string =>
  [before, files.php].join(process.platform === 'win32' ? ';' : ':')

/** Every variable that a child gets. `SSLKEYLOGFILE` is none of them: it stays the child's own. */
export const variables: readonly Variable[] = [
  proxy(both('http_proxy'), 'everything well behaved; curl reads the lower one alone'),
  proxy(both('https_proxy'), 'everything well behaved'),
  proxy(both('all_proxy'), 'what speaks other protocols as well: curl, Python'),
  proxy(['WS_PROXY', 'WSS_PROXY'], 'WebSocket clients'),
  proxy(['GLOBAL_AGENT_HTTP_PROXY'], "Node's global-agent"),
  proxy(['CGI_HTTP_PROXY'], 'scripts of a CGI server, which may not heed HTTP_PROXY'),
  proxy(['npm_config_proxy', 'npm_config_https_proxy'], 'npm'),
  noProxy(both('no_proxy'), 'nothing goes by the proxy unless --except says so'),
  noProxy(both('no_grpc_proxy'), 'the same for gRPC'),
  roots('SSL_CERT_FILE', 'OpenSSL, and with it Python and Ruby; Go, Rust, .NET, uv'),
  roots('CURL_CA_BUNDLE', 'curl'),
  roots('REQUESTS_CA_BUNDLE', 'Python requests'),
  roots('PIP_CERT', 'pip'),
  roots('HTTPLIB2_CA_CERTS', 'Python httplib2'),
  roots('AWS_CA_BUNDLE', 'AWS CLI and boto'),
  roots('GRPC_DEFAULT_SSL_ROOTS_FILE_PATH', 'gRPC in C, Python, Ruby, PHP'),
  roots('GIT_SSL_CAINFO', 'git'),
  roots('CARGO_HTTP_CAINFO', 'cargo'),
  roots('BUNDLE_SSL_CA_CERT', 'bundler'),
  roots('PERL_LWP_SSL_CA_FILE', 'Perl LWP'),
  fixed('PERL_LWP_ENV_PROXY', '1', 'Perl LWP, which does not look for a proxy by itself'),
  roots('npm_config_cafile', 'npm'),
  roots('DENO_CERT', 'Deno'),
  roots('NODE_EXTRA_CA_CERTS', 'Node, Bun'),
  fixed('NODE_USE_ENV_PROXY', '1', 'Node from 24.5 and 22.21 on'),
  { names: ['NODE_OPTIONS'], says: 'an older Node', value: hooked },
  { names: ['JAVA_TOOL_OPTIONS'], says: 'Java', value: javaOptions },
  { names: ['PHP_INI_SCAN_DIR'], says: 'PHP', value: phpFolders },
  { names: ['WGETRC'], says: 'wget', value: ({ files }) => files.wgetrc },
  { names: ['PARLEY'], says: 'scripts that ask whether they run here', value: hostAndPort },
]

/** What a child's environment has more or otherwise than `before`. */
export function childVariables(setting: ChildSetting, before: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ names, value }) => names.map(name => [name, value(setting, before[name])])),
  )
}
