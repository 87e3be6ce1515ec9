import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGo } from './go.ts'
import type { Files } from './identities.ts'
import { startOrigin } from './origin.ts'
import { type Owner, run, start, temporaryFolder } from './processes.ts'
import { findPrograms } from './programs.ts'
import type { ZooServer } from './server-zoo.ts'

/** Prints the port when it listens. The first three arguments: certificate, key, and the two of them in PKCS#12. */
interface Runtime {
  readonly program: string
  readonly source: string
  readonly name: string
  before?(file: string): readonly string[]
}

/** Servers of other TLS libraries, as their runtimes make them: OpenSSL of other years, BoringSSL, rustls, JSSE, Go. */
export async function startRuntimeServers(owner: Owner, files: Files): Promise<readonly ZooServer[]> {
  const folder = temporaryFolder(owner)
  const store = join(folder, 'key.p12')
  const pkcs12 = ['pkcs12', '-export', '-in', files.cert, '-inkey', files.key, '-out', store, '-passout', 'pass:parley']
  await run('openssl', pkcs12)
  const listen = async (name: string, program: string, args: readonly string[]): Promise<ZooServer> => {
    const env = { DENO_DIR: join(folder, 'deno'), NO_COLOR: '1' }
    const running = start(owner, program, [...args, files.cert, files.key, store], { cwd: folder, env })
    return { name, port: Number((await running.heard(/listening on (\d+)/))[1]) }
  }
  const started = runtimes.map(({ name, program, source, before }) => {
    const file = join(folder, name)
    writeFileSync(file, source)
    return listen(name, findPrograms(program).at(-1) ?? program, before ? before(file) : [file])
  })
  const go = listen('Go', await buildGo(owner, 'server.go'), [])
  return [{ name: 'Node', port: await startOrigin(owner, files) }, ...(await Promise.all([...started, go]))]
}

const runtimes: readonly Runtime[] = [
  {
    name: 'python.py',
    program: 'python3',
    source: `import http.server, ssl, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'here')
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Page)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print('listening on', server.server_port, flush=True)
server.serve_forever()
`,
  },
  {
    name: 'Main.java',
    program: 'java',
    before: file => ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', file],
    source: `import com.sun.net.httpserver.*; import java.io.*; import java.net.*; import java.security.*; import java.util.concurrent.*; import javax.net.ssl.*;
public class Main { public static void main(String[] a) throws Exception {
  KeyStore store = KeyStore.getInstance("PKCS12"); store.load(new FileInputStream(a[2]), "parley".toCharArray());
  KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509"); keys.init(store, "parley".toCharArray());
  SSLContext context = SSLContext.getInstance("TLS"); context.init(keys.getKeyManagers(), null, null);
  HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
  server.setHttpsConfigurator(new HttpsConfigurator(context)); server.setExecutor(Executors.newFixedThreadPool(4));
  server.createContext("/", e -> { e.sendResponseHeaders(200, 4); e.getResponseBody().write("here".getBytes()); e.close(); });
  server.start(); System.out.println("listening on " + server.getAddress().getPort());
} }
`,
  },
  {
    name: 'bun.js',
    program: 'bun',
    before: file => ['run', file],
    source: `const [, , cert, key] = process.argv
const tls = { cert: Bun.file(cert), key: Bun.file(key) }
const server = Bun.serve({ port: 0, hostname: '127.0.0.1', tls, fetch: () => new Response('here') })
console.log('listening on', server.port)
`,
  },
  {
    name: 'deno.js',
    program: 'deno',
    before: file => ['run', '-A', file],
    source: `const [cert, key] = Deno.args.map(path => { try { return Deno.readTextFileSync(path) } catch { return '' } })
Deno.serve({ port: 0, hostname: '127.0.0.1', cert, key, onListen: ({ port }) => console.log('listening on', port) }, () => new Response('here'))
`,
  },
]
