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
 * cannot. Where several are chunked, each fills the records that passed in its own time, or where they were pipelined has
 * its share of the whole.
 */
export function fit(messages: readonly LaneMessage[], slots: readonly Slot[]): readonly number[] | undefined {
  const chunked = messages.filter(({ chunked }) => chunked !== undefined).length
  const whole = { messages, room: sumOf(slots, ({ room }) => room) }
  if (chunked > 1) return inGroups(groupsOf(messages, slots)) ?? shared(whole)
  return inGroups([whole])
}

/** No more than one message of a group is chunked. */
function inGroups(groups: readonly Readonly<Group>[]): readonly number[] | undefined {
  const framing: number[] = []
  for (const group of groups) {
    const left = group.room - sumOf(group.messages, ({ length, chunked = 0 }) => length + chunked)
    const body = group.messages.find(({ chunked }) => chunked !== undefined)?.chunked
    if (body === undefined ? left !== 0 : !chunkPlan(body, left)) return undefined
    for (const { chunked } of group.messages) framing.push(chunked === undefined ? 0 : left)
  }
  return framing
}

const mostMoved = 16 // bytes

/** Each chunked body has framing by its length; some bytes go from one to the other until all can be cut. */
function shared({ messages, room }: Readonly<Group>): readonly number[] | undefined {
  const bodies = messages.flatMap(({ chunked }, at) => (chunked ? [{ chunked, at }] : []))
  const last = bodies.at(-1)
  let left = room - sumOf(messages, ({ length, chunked = 0 }) => length + chunked)
  if (!last) return left === 0 ? messages.map(() => 0) : undefined
  let length = sumOf(bodies, ({ chunked }) => chunked)
  const framing = messages.map(() => 0)
  for (const { chunked, at } of bodies.slice(0, -1)) {
    const share = Math.round((left * chunked) / length)
    framing[at] = nearestPlan(chunked, share, () => true) ?? 0
    length -= chunked
    left -= framing[at]!
  }
  framing[last.at] = left
  const before = bodies.at(-2)
  if (before && !chunkPlan(last.chunked, left)) {
    const both = left + framing[before.at]!
    const moved = nearestPlan(
      before.chunked,
      framing[before.at]!,
      own => chunkPlan(last.chunked, both - own) !== undefined,
    )
    framing[before.at] = moved ?? 0
    framing[last.at] = both - framing[before.at]!
  }
  return bodies.every(({ chunked, at }) => chunkPlan(chunked, framing[at]!)) ? framing : undefined
}

/** The framing nearest to a number of bytes that a body can have. */
function nearestPlan(body: number, wanted: number, fits: (framing: number) => boolean): number | undefined {
  for (let moved = 0; moved <= mostMoved; moved++)
    for (const framing of [wanted + moved, wanted - moved])
      if (framing >= 0 && chunkPlan(body, framing) && fits(framing)) return framing
  return undefined
}

/** The framing that takes the fewest bytes, where nothing says how many there were. */
export const leastFramings = (messages: readonly LaneMessage[]): readonly number[] =>
  messages.map(({ chunked }) => (chunked === undefined ? 0 : leastFraming(chunked)))

interface Group {
  readonly messages: readonly LaneMessage[]
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
