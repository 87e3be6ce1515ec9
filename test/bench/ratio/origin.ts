import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { type Child, keep } from './child.ts'

export const smallBody = 200 // bytes
export const largeBody = 100_000_000 // bytes

/** Certificate and key that origin and relay show, as files. */
export interface IdentityFiles {
  readonly cert: string
  readonly key: string
}

export interface Origin {
  readonly child: Child
  readonly port: number
  readonly kind: 'nginx' | 'node'
}

/** Starts nginx where there is one, Node's own server otherwise; serves /small and /large. */
export async function startOrigin(folder: string, identity: IdentityFiles): Promise<Origin> {
  const megabyte = randomBytes(1_000_000)
  writeFileSync(join(folder, 'small'), 'x'.repeat(smallBody))
  writeFileSync(join(folder, 'large'), Buffer.concat(Array<Buffer>(largeBody / megabyte.length).fill(megabyte)))
  const port = await freePort()
  const nginx = spawnSync('nginx', ['-v']).status === 0
  const child = keep(nginx ? startNginx(folder, port, identity) : startNode(folder, port, identity))
  await accepts(port, child)
  return { child, port, kind: nginx ? 'nginx' : 'node' }
}

function startNode(folder: string, port: number, { cert, key }: IdentityFiles): ChildProcess {
  const file = join(import.meta.dirname, 'node-origin.ts')
  return spawn(process.execPath, [file, String(port), cert, key, folder], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function startNginx(folder: string, port: number, { cert, key }: IdentityFiles): ChildProcess {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const conf = join(folder, 'nginx.conf')
  writeFileSync(
    conf,
    `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'nginx.log')} crit;
    events { worker_connections 4096; }
    http {
      ${temporary.map(name => `${name}_temp_path ${join(folder, name)};`).join(' ')}
      access_log off; default_type application/octet-stream; keepalive_requests 100000000; keepalive_timeout 600s;
      open_file_cache max=16;
      server {
        listen 127.0.0.1:${port} ssl http2; server_name _; root ${folder};
        ssl_certificate ${cert}; ssl_certificate_key ${key}; ssl_protocols TLSv1.3;
      }
    }`,
  )
  // until it has read its configuration it logs where it was built to, which may say alerts
  return spawn('nginx', ['-p', folder, '-c', conf, '-e', join(folder, 'nginx.log')], { stdio: 'ignore' })
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Waits until something accepts on the port. */
async function accepts(port: number, child: Child): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = net.connect(port, '127.0.0.1')
    const connected = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'close')]).catch(
      () => false,
    )
    socket.destroy()
    if (connected === true) return
    if (child.ended()) break
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('the origin does not accept connections')
}
