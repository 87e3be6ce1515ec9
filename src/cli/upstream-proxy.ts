import { fileURLToPath } from 'node:url'
import { InvalidArgumentError } from 'commander'
import { type Credentials, type OtherProxy, readOtherProxy, type Way } from '../proxy/dial/other-proxy.ts'
import { mostPacBytes, type PacSource } from '../proxy/dial/pac/pac-source.ts'
import type { WaysOut } from '../proxy/dial/ways.ts'
import { readRange } from '../proxy/entrance/address-ranges.ts'
import { CliError, usageExitCode } from './fail.ts'
import type { ListenAddress } from './option-values.ts'
import { readBounded } from './read-bounded.ts'
import { isOwn } from './unused-proxy.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What --upstream-proxy says. */
export type UpstreamProxy = 'env' | { readonly proxy: OtherProxy } | { readonly pac: PacSource }

const usage = 'give http://, https://, socks4://, socks4a://, socks5:// or socks5h:// with HOST:PORT, pac+URL, or env.'

/** Reads a value of --upstream-proxy. Throws InvalidArgumentError. */
export function readUpstreamProxy(text: string): UpstreamProxy {
  if (text === 'env') return 'env'
  if (text.startsWith('pac+')) return { pac: readPac(text.slice('pac+'.length)) }
  const proxy = readOtherProxy(text)
  if (!proxy) throw new InvalidArgumentError(usage)
  return { proxy }
}

function readPac(url: string): PacSource {
  if (!URL.canParse(url)) throw new InvalidArgumentError(usage)
  const { protocol } = new URL(url)
  if (protocol === 'http:' || protocol === 'https:') return { url }
  if (protocol !== 'file:') throw new InvalidArgumentError('give pac+file://, pac+http:// or pac+https://.')
  try {
    return { text: readBounded(fileURLToPath(url), mostPacBytes).toString() }
  } catch (error) {
    throw new InvalidArgumentError(`${url} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'too long'}).`)
  }
}

/** Reads the file of --upstream-proxy-auth, which holds `user:password` in its first line. Throws InvalidArgumentError. */
export function readProxyAuth(path: string): Credentials {
  let text: string
  try {
    text = readBounded(path, mostAuthBytes).toString()
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  const [, user, password] = /^([^:\r\n]+):([^\r\n]*)/.exec(text) ?? []
  if (user === undefined || password === undefined) throw new InvalidArgumentError(`${path} holds no USER:PASS.`)
  return { user, password }
}

const mostAuthBytes = 4096

/** What the options about other proxies come to. */
export interface UpstreamFlags {
  readonly listen: ListenAddress
  readonly upstreamProxy: UpstreamProxy | undefined
  readonly upstreamProxyAuth: Credentials | undefined
  readonly upstreamProxyExcept: readonly string[]
}

/** How servers are to be reached; undefined where that is directly. */
export function waysOut(flags: UpstreamFlags, environment: Environment): WaysOut | undefined {
  const { upstreamProxy: asked, upstreamProxyAuth: credentials, upstreamProxyExcept: except, listen } = flags
  if (asked === undefined) return undefined
  if (asked === 'env') return fromEnvironment(environment, listen, credentials, except)
  if ('pac' in asked) return { secure: 'direct', clear: 'direct', pac: asked.pac, except, credentials }
  const proxy = withCredentials(asked.proxy, credentials)
  return { secure: proxy, clear: proxy, except }
}

const withCredentials = (proxy: OtherProxy, credentials: Credentials | undefined): OtherProxy =>
  proxy.credentials || !credentials ? proxy : { ...proxy, credentials }

/** Throws CliError. As curl reads them: the lower case first, ALL_PROXY where the scheme has none of its own. */
function fromEnvironment(
  environment: Environment,
  listen: ListenAddress,
  credentials: Credentials | undefined,
  except: readonly string[],
): WaysOut {
  const textOf = (name: string): string | undefined =>
    (environment[name.toLowerCase()] ?? environment[name])?.trim() || undefined
  const wayOf = (name: string): Way => {
    const value = textOf(name) ?? textOf('ALL_PROXY')
    if (value === undefined || isOwn(value, listen)) return 'direct'
    const proxy = readOtherProxy(value)
    if (!proxy)
      throw new CliError(
        `--upstream-proxy env: ${name} or ALL_PROXY names no proxy that Parley can use.`,
        usageExitCode,
      )
    return withCredentials(proxy, credentials)
  }
  return {
    secure: wayOf('HTTPS_PROXY'),
    clear: wayOf('HTTP_PROXY'),
    except: [...except, ...noProxyPatterns(textOf('NO_PROXY') ?? '')],
  }
}

/** `example.com` and `.example.com` mean the name and all below it; `*` means every host. */
export const noProxyPatterns = (list: string): readonly string[] =>
  list
    .split(/[\s,]+/)
    .filter(entry => entry !== '')
    .flatMap(entry => {
      const bare = entry.replace(/^\*?\./, '')
      return entry === '*' || readRange(bare.replace(/^\[(.*)\]$/, '$1')) ? [bare] : [bare, `*.${bare}`]
    })
