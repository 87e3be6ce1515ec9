import { inputs, type Tool, tool } from '../tool.ts'

export const captureTools: readonly Tool[] = [
  tool({
    name: 'list_captures',
    title: 'List captures',
    says: 'The captures that can be read: name, when it began, and how many connections, flows and failures it has.',
    input: { limit: inputs.limit(100, 20), after: inputs.after },
    run({ limit, after = 0 }, { captures, tell }) {
      const names = captures.names()
      const shown = names.slice(after, after + limit)
      const next = after + limit < names.length ? after + limit : undefined
      return tell(
        shown.map(name => about(name, () => captures.named(name).info())),
        { next },
      )
    },
  }),
]

function about(name: string, info: () => { readonly startedAt: number; readonly path: string }): object {
  try {
    const { startedAt, path: _, ...counts } = info()
    return { name, startedAt: new Date(startedAt).toISOString(), ...counts }
  } catch (error) {
    return { name, problem: (error as Error).message }
  }
}
