import type { Arguments } from '../arguments.ts'
import type { ConnectionRuling } from '../rulings.ts'
import type { ActionKind } from './action.ts'

const settings = ['min', 'max', 'ciphers', 'groups', 'cert', 'mirror', 'verify'] as const

type Setting = (typeof settings)[number]

const versions: Readonly<Record<string, string>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
}

export const tls: ActionKind = {
  name: 'tls',
  usage: 'min=1.2 max=1.3 ciphers=LIST groups=LIST cert=FILE mirror=on|off verify=on|off',
  says: 'change the TLS of connections: versions on both legs; towards the server the rest, lists as OpenSSL writes them',
  example: '~d old.example => tls min=1.0 verify=off',
  read(args) {
    let ruling: Partial<Omit<ConnectionRuling, 'by'>> = {}
    const said: string[] = []
    do {
      const word = args.word(expectedSetting)
      const equals = word.indexOf('=')
      const name = settings.find(setting => setting === word.slice(0, equals)) ?? args.refuse(expectedSetting)
      said.push(word)
      ruling = { ...ruling, ...read(args, name, word.slice(equals + 1)) }
    } while (args.left > 0)
    const { minTls = '', maxTls = '~' } = ruling
    if (minTls > maxTls) args.refuse('a newest version that is not older than the oldest')
    return { did: `TLS ${said.join(' ')}`, connection: ruling }
  },
}

const expectedSetting =
  'min=1.0, 1.1, 1.2 or 1.3, max=…, ciphers=…, groups=…, cert=FILE, mirror=on or off, verify=on or off'

function read(args: Arguments, setting: Setting, value: string): Partial<Omit<ConnectionRuling, 'by'>> {
  const list = /^[\w.:!+@=?*-]{1,500}$/
  switch (setting) {
    case 'min':
    case 'max': {
      const version = Object.hasOwn(versions, value) ? versions[value]! : args.refuse(expectedSetting)
      return setting === 'min' ? { minTls: version } : { maxTls: version }
    }
    case 'mirror':
    case 'verify':
      return value === 'on' || value === 'off' ? { [setting]: value === 'on' } : args.refuse(expectedSetting)
    case 'cert':
      return { clientCertificate: args.pathOf(value, expectedSetting) }
    case 'ciphers':
      return list.test(value) ? { cipherSuites: value } : args.refuse('names of cipher suites, joined by colons')
    case 'groups':
      return list.test(value) ? { groups: value } : args.refuse('names of groups, joined by colons')
  }
}

export const dns: ActionKind = {
  name: 'dns',
  usage: 'ADDRESS',
  says: 'connect to this address in place of the one that the name has',
  example: '~d api.example => dns 127.0.0.1',
  read(args) {
    const expected = 'an IP address'
    const word = args.word(expected)
    const address = word.replace(/^\[(.*)\]$/, '$1')
    if (!isAddress(address)) args.refuse(expected)
    return { did: `connect to ${address}`, connection: { address } }
  },
}

/** As URLs have them (WHATWG URL 3.5), without the short forms of IPv4 and without zones. */
const isAddress = (text: string): boolean =>
  text.includes(':')
    ? /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`)
    : /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && URL.canParse(`http://${text}/`)

export const via: ActionKind = {
  name: 'via',
  usage: 'URL|direct',
  says: 'reach the server through another proxy, or through none',
  example: '~d intranet.example => via socks5h://127.0.0.1:1080',
  read(args) {
    const expected = 'direct, or http, https, socks4, socks4a, socks5 or socks5h:// with HOST:PORT'
    const url = args.word(expected)
    const proxy = /^(?:https?|socks4a?|socks5h?):\/\/[^/?#\s]+\/?$/i
    if (url !== 'direct' && !(proxy.test(url) && URL.canParse(url))) args.refuse(expected)
    return {
      did: `reach the server ${url === 'direct' ? 'directly' : `through ${withoutPassword(url)}`}`,
      connection: { via: url },
    }
  },
}

const withoutPassword = (url: string): string => url.replace(/\/\/[^@/]*@/, '//')
