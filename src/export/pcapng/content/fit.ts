import { chunkPlan, leastFraming } from './chunk-plan.ts'
import type { LaneMessage } from './lane-content.ts'

/** A record that holds content. */
export interface Slot {
  /** ms since the epoch */
  readonly at: number
  /** Bytes of content. */
  readonly room: number
}

/**
 * The bytes of chunked framing of each message with which they fill the records to the last byte; undefined where they
 * cannot. Where several are chunked, each fills the records that passed in its own time.
 */
export function fit(messages: readonly LaneMessage[], slots: readonly Slot[]): readonly number[] | undefined {
  const chunked = messages.filter(({ chunked }) => chunked !== undefined).length
  const groups = chunked > 1 ? groupsOf(messages, slots) : [{ messages, room: sumOf(slots, ({ room }) => room) }]
  const framing: number[] = []
  for (const group of groups) {
    const left = group.room - sumOf(group.messages, ({ length, chunked = 0 }) => length + chunked)
    const body = group.messages.find(({ chunked }) => chunked !== undefined)?.chunked
    if (body === undefined ? left !== 0 : !chunkPlan(body, left)) return undefined
    for (const { chunked } of group.messages) framing.push(chunked === undefined ? 0 : left)
  }
  return framing
}

/** The framing that takes the fewest bytes, where nothing says how many there were. */
export const leastFramings = (messages: readonly LaneMessage[]): readonly number[] =>
  messages.map(({ chunked }) => (chunked === undefined ? 0 : leastFraming(chunked)))

interface Group {
  readonly messages: LaneMessage[]
  room: number
}

/** Each message with what passed from when it may have begun until the next may have. */
function groupsOf(messages: readonly LaneMessage[], slots: readonly Slot[]): readonly Group[] {
  const groups = messages.map((message): Group => ({ messages: [message], room: 0 }))
  let at = 0
  for (const slot of slots) {
    while (at + 1 < messages.length && messages[at + 1]!.notBefore <= slot.at) at++
    const group = groups[at]
    if (group) group.room += slot.room
  }
  return groups
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  let sum = 0
  for (const item of items) sum += value(item)
  return sum
}
