/** What may stand for a value: words, or one of the kinds that are looked up. */
export type ValueKind = readonly string[] | 'capture' | 'expectation' | 'file' | 'filter' | 'action' | 'rule'

/** Values of options, by the long flag, where neither choices nor the name of the value tell them. */
export const optionValues: Readonly<Record<string, ValueKind>> = {
  '--filter': 'filter',
  '--until': 'filter',
  '--rule': 'rule',
  '--for': ['10s', '1m', '5m', '1h'],
  '--tls-client': ['auto', 'exact', 'openssl'],
  '--theme': ['dark', 'light', 'none'],
  '--min-tls': ['1.0', '1.1', '1.2', '1.3'],
  '--throttle': ['2g', '3g', '4g', 'dsl'],
  '--request': ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  '--listen': ['127.0.0.1:8080', '127.0.0.1:0', '[::1]:8080'],
  '--upstream-proxy': ['env', 'http://', 'https://', 'socks5://', 'socks5h://', 'socks4a://', 'pac+http://'],
  '--body-limit': ['1m', '16m', '256m', '1g'],
  '--disk-limit': ['1g', '10g'],
}

/** Arguments, by their names. */
export const argumentValues: Readonly<Record<string, ValueKind>> = {
  capture: 'capture',
  file: 'capture',
  first: 'capture',
  second: 'capture',
  filter: 'filter',
  expectation: 'expectation',
  action: 'action',
  command: 'file',
  words: ['chromium', 'chrome', 'brave', 'edge', 'firefox'],
  url: ['https://', 'http://'],
}

/** A value that is a path, by what stands for it in the flag: `<file>`, `<host=file[,keyfile]>`. */
export const namesFile = /<(?:[^>]*\b)?(?:file|folder|path)\b/
