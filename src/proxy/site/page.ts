import { hostAndPort } from '../../model/host-and-port.ts'
import { isLoopback } from '../entrance/address-ranges.ts'
import { reachableAt } from './addresses.ts'
import { sha256 } from './digest.ts'
import { downloadsOf } from './downloads.ts'
import type { SiteFacts } from './facts.ts'
import { Markup, markup } from './markup.ts'
import { pacPath } from './pac.ts'
import type { RootFacts } from './root.ts'
import { siteHost, trustHost } from './site-host.ts'
import { platformsOf } from './steps.ts'
import { style } from './style.ts'
import { trustCheck, trustScript } from './trust-check.ts'

/** What the page tells. */
export interface PageFacts extends Pick<SiteFacts, 'listens' | 'since' | 'passThrough'> {
  readonly root: RootFacts
  readonly version: string
  /** What the browser calls itself. */
  readonly agent?: string | undefined
  /** False for whoever need not know which hosts are passed through. */
  readonly tellsAll: boolean
}

const hashOf = (text: string): string => `'sha256-${sha256(text).toString('base64')}'`

/** Nothing but what the page itself has in it, and the addresses that its check asks. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(trustScript)}`,
  `connect-src 'self' http://${siteHost} https://${trustHost}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const whole = (title: string, body: Markup): string =>
  markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
<body>
${body}
</body>
</html>
`.text

/** The page of `http://parley.proxy/`. */
export const sitePage = (facts: PageFacts): string =>
  whole(
    'Parley',
    markup`<h1>Parley</h1>
<p>A debugging proxy. To see what is inside TLS it shows its own certificates, which a device accepts as soon as it trusts
this root. Whoever has the key of the root can read what the device sends: trust it only where Parley is yours.</p>
<h2>Does this browser trust it?</h2>
${trustCheck}
${wayIn(facts.listens())}
${rootPart(facts)}
<h2>How to trust it</h2>
<p>On the machine where Parley runs <code>parley ca install</code> does it; <code>parley browser</code> and
<code>parley run</code> need neither root nor proxy setting.</p>
${platformParts(facts)}
${statePart(facts)}
<script>${new Markup(trustScript)}</script>`,
  )

/** What `https://trust.parley.proxy/` shows, where no script can look. */
export const trustedPage = (): string =>
  whole(
    'Parley is trusted',
    markup`<h1>Parley</h1>
<p>If no warning came before this page, this browser trusts Parley.</p>
<p><a href="http://${siteHost}/">Back</a></p>`,
  )

const anywhere =
  'Set this as the proxy for HTTP and HTTPS; on a telephone in the settings of its Wi-Fi network, as a manual proxy:'
const onlyHere =
  'Set this as the proxy for HTTP and HTTPS. Only this machine reaches it; for a telephone Parley has to listen on an address of the network (--listen).'

const wayIn = ({ host, port }: ReturnType<SiteFacts['listens']>): Markup => markup`<h2>Through the proxy</h2>
<p>${isLoopback(host) ? onlyHere : anywhere}</p>
<dl>${reachableAt(host).map(each => markup`<dt>Server</dt><dd><code>${each}</code></dd>`)}
<dt>Port</dt><dd><code>${port}</code></dd>
<dt>Or a PAC file</dt><dd><a href="${pacPath}">${pacPath.slice(1)}</a></dd></dl>`

const rootPart = ({ root }: PageFacts): Markup => markup`<h2>The root</h2>
<dl>
<dt>Name</dt><dd>${root.name}</dd>
<dt>SHA-256</dt><dd><code>${root.fingerprint}</code></dd>
<dt>Valid</dt><dd>${day(root.notBefore)} to ${day(root.notAfter)}</dd>
</dl>
<ul class="downloads">${downloadsOf(root).map(
  ({ path, says }) => markup`<li><a href="${path}">${path.slice(1)}</a><br><small>${says}</small></li>`,
)}</ul>`

const platformParts = ({ root, agent = '' }: PageFacts): readonly Markup[] =>
  platformsOf(root).map(({ name, agents, steps, ways }) => {
    const items = steps.map(step => markup`<li>${step}</li>`)
    const open = agents.test(agent) ? markup` open` : ''
    const list = ways ? markup`<ul>${items}</ul>` : markup`<ol>${items}</ol>`
    return markup`<details${open}><summary>${name}</summary>${list}</details>`
  })

const statePart = ({ listens, version, since, passThrough, tellsAll }: PageFacts): Markup => markup`<h2>This proxy</h2>
<dl>
<dt>Listens on</dt><dd><code>${hostAndPort(listens())}</code></dd>
<dt>Version</dt><dd>${version}</dd>
<dt>Runs since</dt><dd>${minute(since)}</dd>
${tellsAll ? markup`<dt>Passed through unread</dt><dd>${[...passThrough].join(', ') || 'nothing'}</dd>` : ''}
</dl>`

const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
