import { z } from 'zod'
import { type ExportKey, exportKeys, loadExporter } from '../../export/exporters.ts'
import { parseFilter } from '../../filter/parser.ts'
import { inputs, type Tool, tool } from '../tool.ts'

/** Those that are no text, or too much of it, are for files: `parley export`. */
const forFiles: ReadonlySet<ExportKey> = new Set(['pcapng', 'html'])
const keys = exportKeys.filter(key => !forFiles.has(key))
const page = 12_000 // characters

export const exportTools: readonly Tool[] = [
  tool({
    name: 'export_flows',
    title: 'Export flows',
    says: 'Flows in the format of another program, a page of the text at a time: as commands and programs that send the requests again (curl, python, go …), as HAR, or as markdown for an issue tracker. Say which flows by a filter, or one by its number.',
    input: {
      capture: inputs.capture,
      flow: inputs.flow.optional(),
      filter: inputs.filter,
      as: z.enum(keys).default('curl'),
      after: inputs.after,
    },
    async run({ capture: name, flow, filter, as, after = 0 }, { captures, tell, redacted }) {
      const exporter = await loadExporter(as)
      if (redacted && exporter.unredacted !== undefined) throw new Error(`${as}: ${exporter.unredacted}`)
      const selection = {
        ...(filter !== undefined && { filter: parseFilter(filter) }),
        ...(flow !== undefined && { ids: new Set([flow]) }),
      }
      const pieces = exporter.pieces({ capture: captures.named(name), selection, redacted })
      const { text, more } = pageOf(pieces, after)
      return tell({ as, from: after, text }, { next: more ? after + text.length : undefined })
    },
  }),
]

/** Characters from `from` on; no more of the export is made than that takes. */
function pageOf(
  pieces: Iterable<string | Uint8Array>,
  from: number,
): { readonly text: string; readonly more: boolean } {
  let passed = 0
  let text = ''
  for (const piece of pieces) {
    const next = typeof piece === 'string' ? piece : Buffer.from(piece).toString()
    text += next.slice(Math.max(0, from - passed))
    passed += next.length
    if (text.length > page) return { text: text.slice(0, page), more: true }
  }
  return { text, more: false }
}
