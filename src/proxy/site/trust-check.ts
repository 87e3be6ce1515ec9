import { markup } from './markup.ts'
import { siteHost, trustHost } from './site-host.ts'

/** Where a browser that runs scripts says whether it trusts Parley; to any other it says how to find out. */
export const trustCheck = markup`
<output id="trust">Open <a href="https://${trustHost}/">https://${trustHost}/</a>: if it opens without a warning, this
browser trusts Parley.</output>`

/**
 * The check: a request over TLS, which Parley answers with a leaf of its root, so that the browser's verdict on it is the
 * verdict on the root. A browser that does not come through Parley reaches neither host.
 */
export const trustScript = `
const output = document.getElementById('trust')
const reach = url => fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(15000) }).then(({ ok }) => ok, () => false)
const check = async () => {
  const comes = location.hostname === '${siteHost}' || await reach('http://${siteHost}/check')
  const trusts = comes && await reach('https://${trustHost}/check')
  output.className = trusts ? 'yes' : comes ? 'no' : 'unknown'
  output.textContent = trusts ? 'Yes: this browser trusts Parley.'
    : comes ? 'No: this browser does not trust Parley yet. Install its root as below, then come back.'
    : 'Unknown: this browser does not come through Parley. Set the proxy first, then come back.'
}
check()
addEventListener('focus', check)
`
