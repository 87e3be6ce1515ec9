import { openAuthority } from '../../../ca/index.ts'
import type { RuleNow, Sending, SentRequest } from '../../mcp/sending.ts'
import { hostAndPort, reachable } from '../../model/host-and-port.ts'
import { fetchThrough } from '../../peers/client.ts'
import { filesOf, type RuleSource, showRule } from '../../rules/rule.ts'
import { readRuleText } from '../../rules/rule-text.ts'
import type { Capture } from '../../store/capture.ts'
import { openCapture } from '../../store/capture.ts'
import { usuallyIgnored } from '../replay/answer-differences.ts'
import { replayFlow } from '../replay/replay-flow.ts'
import { replayJson } from '../replay/replay-report.ts'
import { readServer, toServer } from '../replay/to-server.ts'
import type { Run } from '../run.ts'

interface AgentRun {
  readonly run: Run
  readonly certificate: string
  readonly certificatePath: string
}

const maxTime = 30_000 // ms for an answer

/** What an agent may send goes through one proxy, which is started for the first of it. */
export class AgentSending implements Sending {
  readonly #open: () => Promise<Run>
  readonly #authorityFolder: string
  #opened: Promise<AgentRun> | undefined
  #run: Run | undefined

  constructor(open: () => Promise<Run>, authorityFolder: string) {
    this.#open = open
    this.#authorityFolder = authorityFolder
  }

  get capturePath(): string | undefined {
    return this.#run?.capturePath
  }

  async trace({ url: text, method, headers = [], body }: SentRequest) {
    const url = URL.parse(text)
    if (!url || !/^https?:$/.test(url.protocol)) throw new Error('trace takes an http or https URL')
    const { run, certificate } = await this.#started()
    const before = lastConnection(run.capturePath)
    const { error } = await fetchThrough({
      url,
      proxy: { host: reachable(run.host), port: run.port },
      ca: certificate,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: [['user-agent', 'parley'], ['accept', '*/*'], ...headers],
      ...{ body, timeout: maxTime },
    })
    const connection = await recorded(run, before)
    return { ...(connection !== undefined && { connection }), ...(error && { error: error.message }) }
  }

  async replay(capture: Capture, flow: number, to: string | undefined): Promise<object> {
    const server = to === undefined ? undefined : readServer(to)
    const { run } = await this.#started()
    const replayed = await replayFlow(capture, flow, {
      send: run.send,
      times: 1,
      atOnce: 1,
      timeout: maxTime,
      ignored: new Set(usuallyIgnored),
      change: request => (server ? toServer(request, server) : request),
      signal: new AbortController().signal,
    })
    if (typeof replayed !== 'object') throw new Error(replayed ?? 'it was called off')
    return replayJson(replayed)
  }

  async setRules(texts: readonly string[]): Promise<readonly RuleNow[]> {
    const rules = texts.map(readSafe)
    const { run } = await this.#started()
    run.setRules(rules)
    await run.settled()
    return rulesOf(run)
  }

  async proxy() {
    const { run, certificatePath } = await this.#started()
    const url = `http://${hostAndPort({ host: reachable(run.host), port: run.port })}`
    return { url, certificatePath, rules: rulesOf(run) }
  }

  async close(): Promise<void> {
    const { run } = (await this.#opened?.catch(() => undefined)) ?? {}
    await run?.close()
  }

  #started(): Promise<AgentRun> {
    this.#opened ??= this.#start().catch(error => {
      this.#opened = undefined // it may work the next time
      throw error
    })
    return this.#opened
  }

  async #start(): Promise<AgentRun> {
    const run = await this.#open()
    this.#run = run
    const { certificatePem, certificatePath } = await openAuthority(this.#authorityFolder)
    return { run, certificate: certificatePem, certificatePath }
  }
}

const rulesOf = ({ ruleHits: { rules, hits } }: Run): readonly RuleNow[] =>
  rules.map((rule, at) => ({ rule: showRule(rule), hits: hits[at] ?? 0 }))

/** A file that a rule names would be read, or run, with the rights of the person: no agent is to say which. */
function readSafe(text: string): RuleSource {
  const source = readRuleText(text)
  const [file] = source.do.flatMap(filesOf)
  if (file === undefined) return source
  throw new Error(
    `this rule names a file (${file}), which only the person may: with --rule or --rules when parley mcp is started`,
  )
}

function lastConnection(path: string): number {
  const capture = openCapture(path)
  try {
    return capture.connections({ limit: 1, order: 'newest' })[0]?.id ?? 0
  } finally {
    capture.close()
  }
}

const mostWait = 5000 // ms
const lookEvery = 50 // ms

/** The first connection after that one, once the recorder has all of it. */
async function recorded({ capturePath }: Run, after: number): Promise<number | undefined> {
  const capture = openCapture(capturePath)
  try {
    for (const until = Date.now() + mostWait; ; ) {
      const [connection] = capture.connections({ after, limit: 1 })
      const done = connection?.closed && (connection.explained || connection.problems.length === 0)
      if (done || Date.now() > until) return connection?.id
      await new Promise(resolve => setTimeout(resolve, lookEvery))
    }
  } finally {
    capture.close()
  }
}
