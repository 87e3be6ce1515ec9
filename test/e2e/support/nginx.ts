import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Owner, type Running, run, start, temporaryFolder } from './processes.ts'
import { findProgram } from './programs.ts'

export interface Nginx {
  readonly running: Running
  /** Of each server, in the order given. */
  readonly ports: readonly number[]
  /** Folder that `root` of the http block is. */
  readonly root: string
}

/** A port that was free a moment ago, for servers that cannot be given 0. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

/** nginx in the foreground; each of `servers` is the inside of a server block, `PORT` in it stands for its free port. */
export async function startNginx(owner: Owner, ...servers: string[]): Promise<Nginx> {
  const folder = temporaryFolder(owner)
  const root = join(folder, 'root')
  mkdirSync(root)
  const program = findProgram('nginx') ?? 'nginx'
  for (let attempt = 0; ; attempt++) {
    const ports: number[] = []
    for (const _ of servers) ports.push(await freePort())
    const blocks = servers.map((server, i) => `server { ${server.replaceAll('PORT', String(ports[i]))} }`)
    writeFileSync(join(folder, 'nginx.conf'), config(folder, root, blocks))
    const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]
    const check = await run(program, ['-t', ...args])
    if (check.code !== 0) throw new Error(`nginx does not like its config: ${check.stderr}`)
    const running = start(owner, program, args)
    await sleep(150)
    if (!running.over) return { running, ports, root }
    if (attempt === 3) throw new Error(`nginx does not start: ${running.said}`)
  }
}

const config = (folder: string, root: string, blocks: readonly string[]): string => `
daemon off;
master_process off;
user root;
pid ${join(folder, 'pid')};
error_log ${join(folder, 'error.log')};
events { worker_connections 512; }
http {
  access_log off;
  client_max_body_size 200m;
  client_body_temp_path ${join(folder, 'body')};
  proxy_temp_path ${join(folder, 'proxy')};
  fastcgi_temp_path ${join(folder, 'fastcgi')};
  uwsgi_temp_path ${join(folder, 'uwsgi')};
  scgi_temp_path ${join(folder, 'scgi')};
  root ${root};
  default_type application/octet-stream;
  ${blocks.join('\n  ')}
}
`
