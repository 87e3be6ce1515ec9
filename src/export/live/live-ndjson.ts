import { linePieces } from '../ndjson.ts'
import type { OpenLive } from './live-exporter.ts'
import { TailedFile } from './tailed-file.ts'

/** A line more with every connection that ends. */
export const openLiveNdjson: OpenLive = path => {
  const file = new TailedFile(path, '', '')
  return {
    connection: (capture, leaving) => file.add([...linePieces(capture, leaving)].join('')),
    close: () => file.close(),
  }
}
