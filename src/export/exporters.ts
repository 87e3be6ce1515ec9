import type { Exporter } from './exporter.ts'

/** Every format with what writes it, which is loaded when it is asked for. */
const loaders = {
  har: async () => (await import('./har/har.ts')).har,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  keylog: async () => (await import('./keylog.ts')).keylog,
} as const satisfies Readonly<Record<string, () => Promise<Exporter>>>

export type ExportKey = keyof typeof loaders

/** The words of `--as`, in the order of a menu. */
export const exportKeys = Object.keys(loaders) as readonly ExportKey[]

export const loadExporter = (key: ExportKey): Promise<Exporter> => loaders[key]()
