import type { Exporter } from './exporter.ts'

/** Every format with what writes it, which is loaded when it is asked for. */
const loaders = {
  har: async () => (await import('./har/har.ts')).har,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  keylog: async () => (await import('./keylog.ts')).keylog,
  markdown: async () => (await import('./markdown/markdown.ts')).markdown,
  curl: () => copying('curl', 'curl commands, for a shell', '.sh'),
  fetch: () => copying('fetch', 'calls of fetch, in JavaScript', '.mjs'),
  python: () => copying('python', 'calls of Python’s requests', '.py'),
  httpie: () => copying('httpie', 'HTTPie commands, for a shell', '.sh'),
  go: () => copying('go', 'a program in Go that sends the requests', '.go'),
  java: () => copying('java', 'a program in Java that sends the requests', '.java'),
  powershell: () => copying('powershell', 'calls of Invoke-WebRequest', '.ps1'),
  http: () => copying('http', 'a .http file, for REST clients of editors', '.http'),
  'raw-request': async () => (await import('./raw.ts')).rawRequests,
  'raw-response': async () => (await import('./raw.ts')).rawResponses,
} as const satisfies Readonly<Record<string, () => Promise<Exporter>>>

async function copying(key: string, says: string, ending: string): Promise<Exporter> {
  const [{ copied }, { copyFormats }] = await Promise.all([import('./copied.ts'), import('../view/copy/formats.ts')])
  return copied(copyFormats.find(each => each.key === key)!, says, ending)
}

export type ExportKey = keyof typeof loaders

/** The words of `--as`, in the order of a menu. */
export const exportKeys = Object.keys(loaders) as readonly ExportKey[]

export const loadExporter = (key: ExportKey): Promise<Exporter> => loaders[key]()
