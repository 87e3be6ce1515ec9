import { compareLegs } from '../compare/compare.ts'
import { readLegPair } from '../compare/read-leg-pair.ts'
import { compareConnections } from '../compare/two-connections.ts'
import type { Filter } from '../filter/ast.ts'
import type { Changes } from '../model/changes.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Problem } from '../model/problem.ts'
import { explainFailure } from '../problem/explain.ts'
import type { Capture } from '../store/capture.ts'
import type { Among } from '../store/to-sql.ts'
import { type FieldBlock, readFieldBlock } from '../view/frames/field-block.ts'
import { connectionTable } from '../view/handshake/side-by-side.ts'
import { printableComparison, printableProblem, printableRow } from '../view/printable-comparison.ts'
import { inShape, withKey } from '../view/remedy.ts'
import { BoundedMap } from '../wire/bounded-map.ts'
import type { Status } from './actions.ts'
import { answerHolder, holding, lastAnswer } from './answers.ts'
import type { ConnectionView, Counts, FlowSource } from './ports.ts'
import { idRange } from './scan.ts'
import { Scans } from './scans.ts'

const mostViews = 8
const viewRests = 10 // times what its dissection took: a long connection has very many records
export const mostSorted = 10_000 // flows; who wants another one filters first
const mostConnections = 1000 // of a host
export const mostMatches = 10_000 // flows; of a filter that more fit, a page is found soon
const countsHold = 250 // ms: counting the failed ones walks over all of them

/** A capture as the screens want it. `changed` says which connections must be told anew. */
export interface CaptureSource extends FlowSource {
  changed(changes: Changes): void
  /** From now on a search through much goes on by itself, with a word now and then; answers with how to end that. */
  followSearch(progressed: () => void): () => void
}

/** How Parley is called, and whether it listens: remedies differ by that. */
type Told = Pick<Status, 'command' | 'listen'>

/** `now` in ms. */
export function captureSource(
  capture: Capture,
  now: () => number = () => performance.now(),
  told: Told = { command: 'parley' },
): CaptureSource {
  const scans = new Scans(capture, now)
  const counts = holding<Counts>(countsHold, now)
  const views = connectionViews(capture, now, told)
  const blocks = lastAnswer<FieldBlock | undefined>()
  return {
    ...flowAnswers(capture, scans, now),
    counts: () => counts.value(() => capture.info()),
    connection: views.view,
    record: id => capture.connection(id),
    compareConnections(left, right) {
      const [ours, theirs] = [capture.connection(left), capture.connection(right)]
      if (!ours || !theirs) return undefined
      return compareConnections(readLegPair(capture, ours), readLegPair(capture, theirs)).map(printableRow)
    },
    exchange: id => capture.exchange(id),
    body: (id, side, from, length) => capture.body(id, side, from, length),
    bodyLength: (id, side) => capture.bodyLength(id, side),
    bodyProblem: (id, side) => capture.bodyProblem(id, side),
    frames: (id, query) => capture.frames(id, query),
    frameCount: id => capture.frameCount(id),
    fieldBlock: (id, index) => blocks.value(`${id} ${index}`, () => fieldBlockOf(capture, id, index)),
    messages: (id, from, limit) => capture.streamMessages(id, { from, limit }),
    messageCount: id => capture.streamMessageCount(id),
    events: () => capture.events(),
    followSearch: progressed => scans.follow(progressed),
    changed({ flows, connections }) {
      scans.changed(flows)
      blocks.forget()
      views.changed(connections)
    },
  }
}

type FlowAnswers = Pick<
  FlowSource,
  'rows' | 'count' | 'searched' | 'sorted' | 'marked' | 'hosts' | 'paths' | 'position' | 'connections'
>

/** Which flows there are, of all or of those that fit a filter. */
function flowAnswers(capture: Capture, scans: Scans, now: () => number): FlowAnswers {
  const answers = answerHolder(now)
  /** Of a filter that few flows fit, all of them: asked for page by page, each page would cost a scan. */
  const matches = (filter: Filter): readonly ExchangeId[] | undefined => {
    const ids = answers.value(['matches', filter], () => capture.matching(filter, mostMatches + 1))
    return ids.length <= mostMatches ? ids : undefined
  }
  /** What is asked of the flows that fit is asked of those that a scan has found, and again when there are more. */
  const answer = <T>(
    question: readonly unknown[],
    filter: Filter | undefined,
    ask: (known?: Filter | Among) => T,
  ): T => {
    const known = filter && scans.known(filter)
    const found = known?.type === 'among' ? known.ids.length : undefined
    return answers.value([...question, filter, found], () => ask(known))
  }
  return {
    rows(query) {
      const known = query.filter && scans.known(query.filter)
      if (known?.type === 'among' && known.of.type !== 'all') return capture.flows({ ...query, filter: known })
      const ids = known?.type === 'among' ? known.ids : known && matches(known)
      const row = (id: ExchangeId) => capture.flows({ after: id - 1, before: id + 1, limit: 1 })
      return ids ? idRange(ids, query).flatMap(row) : capture.flows(query)
    },
    count(filter) {
      if (!filter) return capture.count()
      const known = scans.known(filter)
      if (known.type !== 'among') return matches(known)?.length
      return known.of.type === 'all' ? known.ids.length : capture.count(known)
    },
    searched: filter => scans.share(filter),
    sorted: (filter, sort) => answer(['sorted', sort], filter, known => capture.sortedFlows(sort, mostSorted, known)),
    marked: () => capture.marked(),
    hosts: filter => answer(['hosts'], filter, known => capture.hosts(known)),
    paths: (origin, prefix, filter) =>
      answer(['paths', origin, prefix], filter, known => capture.paths(origin, prefix, known)),
    connections: host => answers.value(['connections', host], () => capture.hostConnections(host, mostConnections)),
    position: (filter, id) => capture.position(filter && scans.known(filter), id),
  }
}

/** The views of the connections seen last are kept, because dissecting one takes milliseconds. */
function connectionViews(capture: Capture, now: () => number, told: Told) {
  const views = new BoundedMap<
    ConnectionId,
    { readonly view: ConnectionView; readonly until: number; stale?: boolean }
  >(mostViews)
  return {
    view(id: ConnectionId): ConnectionView | undefined {
      const started = now()
      const known = views.use(id)
      if (known && !(known.stale && started > known.until)) return known.view
      const view = viewOf(capture, id, told)
      if (view) views.set(id, { view, until: now() + (now() - started) * viewRests })
      return view
    },
    changed(ids: readonly ConnectionId[]): void {
      for (const id of ids) {
        const known = views.get(id)
        if (known) known.stale = true
      }
    },
  }
}

/** A direction's blocks are decoded from the last one that its table was kept with: some milliseconds. */
function fieldBlockOf(capture: Capture, id: ConnectionId, index: number): FieldBlock | undefined {
  const known = capture.fieldFrames(id, index)
  return known && readFieldBlock(known.frames, index, known.whole)
}

function viewOf(capture: Capture, id: ConnectionId, told: Told): ConnectionView | undefined {
  const connection = capture.connection(id)
  if (!connection) return undefined
  const pair = readLegPair(capture, connection)
  const { client, upstream } = pair
  const handshakes = { ...(client && { client }), ...(upstream && { upstream }) }
  const comparison = compareLegs(pair)
  return {
    connection,
    handshakes,
    table: connectionTable(pair, comparison),
    comparison: printableComparison(comparison),
    problems: explainFailure(connection, client, upstream).map(problem => shaped(printableProblem(problem), told)),
  }
}

function shaped(problem: Problem, { command, listen }: Told): Problem {
  if (problem.remedy === undefined) return problem
  const remedy = inShape(problem.remedy, command)
  return { ...problem, remedy: listen === undefined ? remedy : withKey(remedy) }
}
