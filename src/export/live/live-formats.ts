import type { OpenLive } from './live-exporter.ts'

/** The formats that can be written while it is recorded; of a key log the recorder takes care. */
export const liveKeys = ['har', 'ndjson', 'keylog'] as const

export type LiveKey = (typeof liveKeys)[number]

export const loadLive = async (key: Exclude<LiveKey, 'keylog'>): Promise<OpenLive> =>
  key === 'har' ? (await import('./live-har.ts')).openLiveHar : (await import('./live-ndjson.ts')).openLiveNdjson
