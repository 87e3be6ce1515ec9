import type { Capture } from '../../store/capture.ts'
import { jsonPieces } from '../../view/json/json-pieces.ts'
import { HarEntries } from '../har/entry.ts'
import { harEnd, harStart, hasExchange } from '../har/har.ts'
import type { OpenLive } from './live-exporter.ts'
import { TailedFile } from './tailed-file.ts'

/** A HAR that has an entry more with every exchange that ends, in the order in which they end. */
export const openLiveHar: OpenLive = path => {
  const file = new TailedFile(path, harStart, harEnd)
  let entries: { readonly of: Capture; readonly made: HarEntries } | undefined
  let before = '\n'
  return {
    flow(capture, flow) {
      if (!hasExchange(flow)) return
      if (entries?.of !== capture) entries = { of: capture, made: new HarEntries(capture) }
      file.add([before, ...jsonPieces(entries.made.of(flow))].join(''))
      before = ',\n'
    },
    close: () => file.close(),
  }
}
