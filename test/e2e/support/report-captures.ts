import type { Connection } from '../../../src/model/connection.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import { openCaptureWriter } from '../../../src/store/writer.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'

/** What a peer may send so that a page that shows it runs it; all of them set `pwned`. */
export const scripts: readonly string[] = [
  '</script><script>globalThis.pwned=1</script>',
  '<img src=x onerror=globalThis.pwned=1>',
  '"><svg onload=globalThis.pwned=1>',
  "' autofocus onfocus=globalThis.pwned=1 x='",
  '" autofocus onfocus=globalThis.pwned=1 x="',
  '<!--<script>globalThis.pwned=1//-->',
  '</style><script>globalThis.pwned=1</script>',
  '</title></textarea></noscript><iframe srcdoc="<script>parent.pwned=1</script>">',
  '<a href="javascript:globalThis.pwned=1" id=report>x</a>',
  '<base href="http://127.0.0.1:9/"><link rel=stylesheet href=//127.0.0.1:9/x><form name=body>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: nothing may take it for a template
  '\u2028globalThis.pwned=1\u2029`${globalThis.pwned=1}`\\";globalThis.pwned=1//',
  '\u0000<\u0000script>globalThis.pwned=1</script>\u202e\u200b\ud800',
  '__proto__',
]

/** A capture with each of them in every text of a flow and of a connection. Answers how many flows it has. */
export function writeScriptCapture(path: string): number {
  const writer = openCaptureWriter(path)
  for (const [index, text] of scripts.entries()) {
    const id = index + 1
    const connection = told(id, text)
    writer.connection(connection)
    writer.process(id, { pid: 7, name: text, command: text })
    const body = Buffer.from(`{"${text}": "${text}"}`)
    writer.exchange(exchange(writer.nextFlowId(), id, text), Buffer.from(text), body)
    writer.connectionFlow(connection, writer.nextFlowId())
    writer.note(2 * id - 1, { marked: true, comment: text })
  }
  writer.close()
  return 2 * scripts.length
}

const told = (id: number, text: string): Connection => ({
  ...connectionOf(id),
  entrance: 'connect',
  target: { host: text, port: 443 },
  serverName: text,
  protocol: text,
  client: { agreed: { version: 'TLSv1.3', cipherSuite: text, alpn: text, resumed: false } },
  upstream: {
    agreed: { version: 'TLSv1.3', cipherSuite: text, alpn: text, resumed: false },
    lookup: { name: text, addresses: [text], startedAt: 1, endedAt: 2, literal: false },
  },
  problems: [{ code: text, blame: 'server', message: text, remedy: text }],
})

function exchange(id: number, connection: number, text: string): Exchange {
  const { request, response, ...rest } = exchangeOf(id, { connection, path: `/${text}` })
  const head = {
    ...request.head,
    method: text,
    authority: text,
    headers: [
      [text, text],
      ['content-type', text],
    ] as const,
  }
  const answer = {
    ...response!.head,
    reason: text,
    headers: [
      [text, text],
      ['content-type', `image/png${text}`],
    ] as const,
  }
  return {
    ...rest,
    acts: [{ by: text, did: text }],
    request: { ...request, head, bodyBytes: text.length },
    informational: [{ ...answer, status: 103 }],
    response: { ...response!, head: answer, bodyBytes: 2 * text.length, trailers: [[text, text]] },
    aborted: { at: 1, by: 'server', why: text },
    problems: [{ code: text, blame: 'server', message: text, remedy: text }],
  }
}

/** A capture of so many flows, ten on a connection, each with a body of text. */
export function writeManyFlows(path: string, flows: number): void {
  const writer = openCaptureWriter(path)
  for (let id = 1; id <= flows; id++) {
    const connection = Math.ceil(id / 10)
    if (id % 10 === 1) writer.connection(connectionOf(connection, { target: { host: 'api.example.com', port: 443 } }))
    const text = JSON.stringify({
      user: id,
      name: `Somebody ${id}`,
      list: Array.from({ length: 40 }, (_, i) => id * i),
    })
    const flow = exchangeOf(id, { connection, path: `/v1/users/${id}`, status: id % 50 === 0 ? 404 : 200 })
    writer.exchange({ ...flow, response: { ...flow.response!, bodyBytes: text.length } }, undefined, Buffer.from(text))
  }
  writer.close()
}
