import { z } from 'zod'
import type { Tell, ToolAnswer } from './answer.ts'
import type { OpenCaptures } from './open-captures.ts'
import type { Sending } from './sending.ts'

/** What tools work with. */
export interface ToolContext {
  readonly captures: OpenCaptures
  readonly tell: Tell
  /** Whether what looks like a secret is left out. */
  readonly redacted: boolean
  /** Absent where nothing may be changed or sent. */
  readonly sending?: Sending
}

type Shape = z.ZodRawShape

/** One tool: what it is called, what it takes and what it does. */
export interface Tool {
  readonly name: string
  readonly title: string
  /** For the model that calls it. */
  readonly says: string
  readonly input: Shape
  /** It sends something, or changes what is done to traffic. */
  readonly writes?: true
  /** `given` has been checked by `input`. Throws errors whose message is for the model. */
  run(given: never, context: ToolContext): ToolAnswer | Promise<ToolAnswer>
}

/** A row of the tables of tools, its function typed by its input. */
export const tool = <Input extends Shape>(
  row: Omit<Tool, 'input' | 'run'> & {
    readonly input: Input
    run(given: z.infer<z.ZodObject<Input>>, context: ToolContext): ToolAnswer | Promise<ToolAnswer>
  },
): Tool => row as unknown as Tool

const capture = z
  .string()
  .max(255)
  .optional()
  .describe('name of a capture as list_captures has it; absent: the one that Parley was started with, else the newest')
const flow = z.number().int().positive().describe('number of a flow, as list_flows has it')
const connection = z.number().int().positive().describe('number of a connection')

/** Inputs that several tools take. */
export const inputs = {
  capture,
  flow,
  connection,
  filter: z
    .string()
    .max(4000)
    .describe(
      'in Parley’s filter language: ~d HOST, ~u URL, ~m METHOD, ~c 4xx, ~failed, ~differs, ~tls 1.2, ~b BODY, ~h HEADER, ~dur >1s, joined by & | ! and ( ); absent: all',
    )
    .optional(),
  after: z.number().int().nonnegative().optional().describe('what the answer before gave as "next"'),
  limit: (most: number, usual: number) =>
    z.number().int().min(1).max(most).default(usual).describe(`how many at most; up to ${most}`),
} as const
