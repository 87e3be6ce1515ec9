import { hostAndPort } from '../../model/host-and-port.ts'
import { ask, type Desktop, type Settings, type Surroundings, tell } from './desktop.ts'

const key = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`
const names = ['AutoConfigURL', 'ProxyServer', 'ProxyOverride', 'ProxyEnable']

/** Windows: WinINET's settings in the registry, by reg.exe. A value is its type and its text: `REG_DWORD 0x1`. */
export function windows(here: Surroundings): Desktop {
  return {
    name: 'windows',
    title: 'Windows',
    isHere: () => here.platform === 'win32',
    read: () => readValues(ask(here, 'reg.exe', 'query', key)),
    through(address) {
      const at = hostAndPort(address)
      return {
        AutoConfigURL: null, // it comes before the others
        ProxyServer: `REG_SZ http=${at};https=${at}`,
        ProxyOverride: 'REG_SZ <-loopback>', // so that what runs on this machine is seen, too
        ProxyEnable: 'REG_DWORD 0x1',
      }
    },
    write(name, value) {
      if (value === null) return void ask(here, 'reg.exe', 'delete', key, '/v', name, '/f')
      const [type = '', ...text] = value.split(' ')
      ask(here, 'reg.exe', 'add', key, '/v', name, '/t', type, '/d', text.join(' '), '/f')
    },
    announce: () => tell(here, 'powershell.exe', '-NoProfile', '-NonInteractive', '-Command', refresh),
    describe(now) {
      if (now.AutoConfigURL) return `PAC ${textOf(now.AutoConfigURL)}`
      if (now.ProxyEnable !== 'REG_DWORD 0x1') return 'none'
      const servers = textOf(now.ProxyServer).split(';')
      return [...new Set(servers.map(server => server.replace(/^\w+=/, '')))].join(', ')
    },
  }
}

/** INTERNET_OPTION_SETTINGS_CHANGED and INTERNET_OPTION_REFRESH: WinINET reads the registry anew. */
const refresh = [
  `$wininet = Add-Type -PassThru -Namespace Parley -Name Wininet -MemberDefinition '[DllImport("wininet.dll")]`,
  `public static extern bool InternetSetOption(IntPtr session, int option, IntPtr buffer, int length);';`,
  ...[39, 37].map(option => `[void]$wininet::InternetSetOption([IntPtr]::Zero, ${option}, [IntPtr]::Zero, 0);`),
].join(' ')

const textOf = (value: string | null | undefined): string => (value ?? '').replace(/^\w+ /, '')

/** `    ProxyEnable    REG_DWORD    0x1`, a line each. */
function readValues(printed: string): Settings {
  const found = new Map<string, string>()
  for (const line of printed.split(/\r?\n/)) {
    const [, name, type, text] = /^ {4}(\S.*?) {4}(REG_\w+)(?: {4}(.*))?$/.exec(line) ?? []
    if (name !== undefined) found.set(name, `${type} ${text ?? ''}`)
  }
  return Object.fromEntries(names.map(name => [name, found.get(name) ?? null]))
}
