import type { Exporter } from './exporter.ts'

/** A format as a menu has it. */
export interface ExportFormat {
  readonly says: string
  /** What the name of such a file ends in. */
  readonly ending: string
  /** What writes it is loaded when it is asked for. */
  load(): Promise<Exporter>
}

/** Every format by its word for `--as`, in the order of a menu. */
export const exportFormats = {
  har: {
    says: 'HTTP Archive 1.2, which browsers open, with both handshakes',
    ending: '.har',
    load: async () => (await import('./har/har.ts')).har,
  },
  ndjson: {
    says: 'one connection a line, as show --json --all has it',
    ending: '.ndjson',
    load: async () => (await import('./ndjson.ts')).ndjson,
  },
  pcapng: {
    says: 'packets of both legs with their secrets, for Wireshark',
    ending: '.pcapng',
    load: async () => (await import('./packets.ts')).packets,
  },
  keylog: {
    says: 'both legs’ secrets in NSS key log format, for Wireshark',
    ending: '.keylog',
    load: async () => (await import('./keylog.ts')).keylog,
  },
  markdown: {
    says: 'findings for an issue tracker: cause, difference, handshakes',
    ending: '.md',
    load: async () => (await import('./markdown/markdown.ts')).markdown,
  },
  html: {
    says: 'a report to read in a browser, with both handshakes drawn',
    ending: '.html',
    load: async () => (await import('./html/html.ts')).html,
  },
  curl: copying('curl', 'curl commands, for a shell', '.sh'),
  fetch: copying('fetch', 'calls of fetch, in JavaScript', '.mjs'),
  python: copying('python', 'calls of Python’s requests', '.py'),
  httpie: copying('httpie', 'HTTPie commands, for a shell', '.sh'),
  go: copying('go', 'a program in Go that sends the requests', '.go'),
  java: copying('java', 'a program in Java that sends the requests', '.java'),
  powershell: copying('powershell', 'calls of Invoke-WebRequest', '.ps1'),
  http: copying('http', 'a .http file, for REST clients of editors', '.http'),
  'raw-request': {
    says: 'the requests as HTTP/1.1, byte for byte, ready to be sent',
    ending: '.http1',
    load: async () => (await import('./raw.ts')).rawRequests,
  },
  'raw-response': {
    says: 'the responses as HTTP/1.1, byte for byte',
    ending: '.http1',
    load: async () => (await import('./raw.ts')).rawResponses,
  },
} as const satisfies Readonly<Record<string, ExportFormat>>

/** What the copy menu makes of one request, of many. */
function copying(key: string, says: string, ending: string): ExportFormat {
  return {
    ...{ says, ending },
    async load() {
      const [{ copied }, { copyFormats }] = await Promise.all([
        import('./copied.ts'),
        import('../view/copy/formats.ts'),
      ])
      return copied(copyFormats.find(each => each.key === key)!)
    },
  }
}

export type ExportKey = keyof typeof exportFormats

export const exportKeys = Object.keys(exportFormats) as readonly ExportKey[]

export const loadExporter = (key: ExportKey): Promise<Exporter> => exportFormats[key].load()
