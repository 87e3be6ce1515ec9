import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startConnectRelay } from './connect-relay.ts'
import type { Identities } from './identities.ts'
import { freePort, startNginx } from './nginx.ts'
import { startOpensslServer } from './openssl.ts'
import type { Parley } from './parley.ts'
import { type Owner, type ProcessOptions, run, start } from './processes.ts'
import { findProgram } from './programs.ts'

/** A server under its own name below `localhost`. */
export interface StackServer {
  readonly name: string
  readonly port: number
}

/** The servers of this machine that speak TLS, as they are configured in life. */
export async function startServers(owner: Owner, identities: Identities): Promise<StackServer[]> {
  const servers: StackServer[] = []
  const leaf = (name: string, rsa = false): { cert: string; key: string } =>
    identities.leaf(name, { host: `${name}.localhost`, keyType: rsa ? 'rsa' : 'ec' })
  if (findProgram('nginx')) {
    const block = (name: string, tls: string, rsa = false): string => {
      const { cert, key } = leaf(name, rsa)
      return `listen 127.0.0.1:PORT ssl http2; server_name ${name}.localhost; ssl_certificate ${cert};
        ssl_certificate_key ${key}; ${tls} location / { return 200 "nginx says hello\\n"; }`
    }
    const modern = 'ssl_protocols TLSv1.2 TLSv1.3;'
    const old = 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256; ssl_session_tickets off;'
    const asks = `${modern} ssl_client_certificate ${identities.caPath}; ssl_verify_client optional_no_ca;`
    const nginx = await startNginx(
      owner,
      block('nginx', modern),
      block('nginx-12', old, true).replace(' http2', ''),
      block('nginx-asks', asks),
      block('nginx-p384', `${modern} ssl_ecdh_curve secp384r1;`),
    )
    for (const [index, name] of ['nginx', 'nginx-12', 'nginx-asks', 'nginx-p384'].entries())
      servers.push({ name, port: nginx.ports[index]! })
  }
  const www = leaf('www', true)
  const openssl = await startOpensslServer(owner, '-cert', www.cert, '-key', www.key, '-www')
  servers.push({ name: 'www', port: openssl.port })
  if (findProgram('gnutls-serv')) {
    const { cert, key } = leaf('gnutls', true)
    const port = await freePort()
    const files = ['--x509certfile', cert, '--x509keyfile', key]
    const running = start(owner, 'gnutls-serv', ['--http', '--port', String(port), '--noticket', ...files], {
      open: true,
    })
    await running.heard(/listening on .*\n/i)
    servers.push({ name: 'gnutls', port })
  }
  return servers
}

/** A client that fetches one page through the proxy, and resolves to what it printed. */
export interface StackClient {
  readonly name: string
  readonly needs: string
  get(server: StackServer): Promise<string>
}

/** The clients of this machine, each trusting Parley's root in its own way. */
export function stackClients(owner: Owner, parley: Parley, folder: string): StackClient[] {
  const url = ({ name, port }: StackServer): string => `https://${name}.localhost:${port}/`
  const proxy = `127.0.0.1:${parley.port}`
  const said = async (command: string, args: string[], options: ProcessOptions = {}): Promise<string> => {
    const { stdout, stderr } = await run(command, args, { timeout: 20_000, ...options })
    return stdout + stderr
  }
  const curl = (...args: string[]): Promise<string> =>
    said('curl', ['-sS', '--noproxy', '', '-x', parley.url, '--cacert', parley.caPath, ...args])
  const python = `import ssl, sys, urllib.request as u
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
opener = u.build_opener(u.ProxyHandler({'https': sys.argv[2]}), u.HTTPSHandler(context=context))
print(opener.open(sys.argv[3], timeout=15).read().decode())`
  let compiled: Promise<unknown> | undefined
  const relay = (server: StackServer): Promise<number> =>
    startConnectRelay(owner, parley.port, `${server.name}.localhost:${server.port}`)
  return [
    { name: 'curl h2', needs: 'curl', get: server => curl(url(server)) },
    { name: 'curl h1', needs: 'curl', get: server => curl('--http1.1', url(server)) },
    { name: 'curl 1.2', needs: 'curl', get: server => curl('--tls-max', '1.2', url(server)) },
    {
      name: 'python',
      needs: 'python3',
      get: server => said('python3', ['-c', python, parley.caPath, parley.url, url(server)]),
    },
    {
      name: 'openssl',
      needs: 'openssl',
      async get({ name, port }) {
        const args = ['-proxy', proxy, '-connect', `${name}.localhost:${port}`, '-CAfile', parley.caPath]
        const flags = ['-ign_eof', '-verify_return_error', '-x509_strict', '-quiet']
        const input = `GET / HTTP/1.0\r\nHost: ${name}.localhost\r\n\r\n`
        return said('openssl', ['s_client', ...args, ...flags], { input })
      },
    },
    {
      name: 'gnutls',
      needs: 'gnutls-cli',
      async get(server) {
        const host = `${server.name}.localhost`
        const names = ['--sni-hostname', host, '--verify-hostname', host, '--x509cafile', parley.caPath]
        const port = String(await relay(server))
        const input = `GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`
        const log = ['--logfile', join(folder, 'gnutls.log')]
        return said('gnutls-cli', [...names, ...log, '-p', port, '127.0.0.1'], { input })
      },
    },
    {
      name: 'wget',
      needs: 'wget',
      get: server =>
        said('wget', ['-nv', '-O-', `--ca-certificate=${parley.caPath}`, ...wgetProxy(parley.url), url(server)]),
    },
    {
      name: 'node',
      needs: 'node',
      get: server =>
        said(
          process.execPath,
          ['--use-env-proxy', '-e', `fetch('${url(server)}').then(r => r.text()).then(console.log)`],
          {
            env: { NODE_EXTRA_CA_CERTS: parley.caPath, HTTPS_PROXY: parley.url, NO_PROXY: '' },
          },
        ),
    },
    {
      name: 'java',
      needs: 'javac',
      async get(server) {
        compiled ??= compileJava(folder)
        await compiled
        const properties = [`-DproxyPort=${parley.port}`, `-Droot=${parley.caPath}`, '-XX:TieredStopAtLevel=1']
        return said('java', [...properties, '-XX:+UseSerialGC', '-cp', folder, 'Get', url(server)])
      },
    },
  ]
}

const wgetProxy = (url: string): string[] => ['-e', 'use_proxy=yes', '-e', `https_proxy=${url}`, '-e', 'no_proxy=']

/** Once for all servers: `java Get.java` would compile each time. */
async function compileJava(folder: string): Promise<void> {
  const source = join(folder, 'Get.java')
  mkdirSync(folder, { recursive: true })
  writeFileSync(source, javaSource)
  const { code, stderr } = await run('javac', ['-J-XX:TieredStopAtLevel=1', '-d', folder, source])
  if (code !== 0) throw new Error(`javac ended with ${code}: ${stderr}`)
}

const javaSource = `
import java.io.*; import java.net.*; import java.net.http.*; import java.security.*; import java.security.cert.*; import javax.net.ssl.*;
public class Get {
  public static void main(String[] urls) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream root = new FileInputStream(System.getProperty("root"))) {
      store.setCertificateEntry("parley", CertificateFactory.getInstance("X.509").generateCertificate(root));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    ProxySelector proxy = ProxySelector.of(new InetSocketAddress("127.0.0.1", Integer.getInteger("proxyPort")));
    HttpClient client = HttpClient.newBuilder().proxy(proxy).sslContext(context).build();
    for (String url : urls) {
      HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
      System.out.println(response.statusCode() + " " + response.version() + " " + response.body());
    }
  }
}
`
