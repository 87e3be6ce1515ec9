import { hostAndPort } from '../../model/host-and-port.ts'
import {
  ask,
  type Desktop,
  isOnPath,
  isSessionOf,
  type Settings,
  type Surroundings,
  SystemProxyError,
  tell,
} from './desktop.ts'

const names = ['httpProxy', 'httpsProxy', 'NoProxyFor', 'ReversedException', 'ProxyType', 'Proxy Config Script']
const group = ['--file', 'kioslaverc', '--group', 'Proxy Settings', '--key'] as const
const unset = '\u{1}unset'
const manual = '1'

/** KDE Plasma 5 and 6: kioslaverc, by kreadconfig and kwriteconfig. */
export function kde(here: Surroundings): Desktop {
  const version = ['6', '5'].find(each => isOnPath(here, `kwriteconfig${each}`))
  const run = (what: 'kreadconfig' | 'kwriteconfig', ...args: readonly string[]): string => {
    if (version === undefined) throw new SystemProxyError('kwriteconfig6 is not on PATH')
    return ask(here, `${what}${version}`, ...args)
  }
  const read = (name: string): string | null => {
    const value = run('kreadconfig', ...group, name, '--default', unset).replace(/\r?\n$/, '')
    return value === unset ? null : value
  }
  return {
    name: 'kde',
    title: 'KDE',
    isHere: () => version !== undefined && isSessionOf(here, ['kde']),
    read: () => Object.fromEntries(names.map(name => [name, read(name)])),
    through({ host, port }) {
      const proxy = `http://${host.includes(':') ? `[${host}]` : host} ${port}` // KDE puts a space before the port
      return { httpProxy: proxy, httpsProxy: proxy, NoProxyFor: '', ReversedException: 'false', ProxyType: manual }
    },
    write(name, value) {
      run('kwriteconfig', ...group, name, ...(value === null ? ['--delete', ''] : ['--', value]))
    },
    announce: () =>
      tell(
        here,
        'dbus-send',
        '--type=signal',
        '/KIO/Scheduler',
        'org.kde.KIO.Scheduler.reparseSlaveConfiguration',
        'string:',
      ),
    describe,
  }
}

const kinds: Readonly<Record<string, string>> = { '3': 'found by WPAD', '4': 'from the environment' }

function describe(now: Settings): string {
  const type = now.ProxyType ?? '0'
  if (type === '2') return `PAC ${now['Proxy Config Script'] ?? ''}`
  if (type !== manual) return kinds[type] ?? 'none'
  return [...new Set([now.httpProxy, now.httpsProxy].map(readable))].join(', ')
}

/** `http://127.0.0.1 8080` as `127.0.0.1:8080`. */
function readable(value: string | null | undefined): string {
  const [, host, port] = /^(?:\w+:\/\/)?\[?([^\s\]]+)\]?[ :](\d+)$/.exec(value ?? '') ?? []
  return host === undefined ? (value ?? '') : hostAndPort({ host, port: Number(port) })
}
