import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { ChildFiles } from './setting.ts'

interface Contents {
  readonly host: string
  readonly port: number
  /** `USER:PASS` where the proxy asks for them. */
  readonly credentials?: string | undefined
  /** What a child is to trust, in PEM and as PKCS#12. */
  readonly roots: string
  readonly trustStore: Uint8Array
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Writes the files that a child's variables name. */
export function writeChildFiles(
  folder: string,
  { host, port, credentials, roots, trustStore, environment }: Contents,
): ChildFiles {
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
  const php = join(folder, 'php')
  mkdirSync(php, { mode: 0o700 })
  const rootsPath = write('roots.pem', roots)
  const prepended = write(join('php', 'proxy.php'), phpContext(hostAndPort({ host, port }), credentials))
  write(join('php', 'parley.ini'), phpSettings(rootsPath, prepended))
  return {
    roots: rootsPath,
    trustStore: write('roots.p12', trustStore),
    nodeHook: join(import.meta.dirname, 'node-hook.cjs'),
    wgetrc: write('wgetrc', `${ownWgetrc(environment)}\nca_certificate = ${rootsPath}\n`),
    php,
  }
}

/** What wget would have read instead. */
function ownWgetrc({ WGETRC: named, HOME: home = homedir() }: Contents['environment']): string {
  try {
    return readFileSync(named || join(home, '.wgetrc'), 'utf8')
  } catch {
    return '' // there is none, and wget would say nothing either
  }
}

const phpSettings = (roots: string, prepended: string): string =>
  [`openssl.cafile="${roots}"`, `curl.cainfo="${roots}"`, `auto_prepend_file="${prepended}"`, ''].join('\n')

/**
 * PHP's own `https://` streams know no variable for a proxy; those that are given no context take this one. In a tunnel
 * PHP sends its header for the proxy to the proxy alone.
 */
function phpContext(proxy: string, credentials: string | undefined): string {
  const basic = credentials === undefined ? '' : Buffer.from(credentials).toString('base64')
  const header = basic && `, 'header' => 'Proxy-Authorization: Basic ${basic}'`
  return `<?php stream_context_set_default(['http' => ['proxy' => 'tcp://${proxy}', 'request_fulluri' => true${header}]]);\n`
}
