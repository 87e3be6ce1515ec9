import { markup } from './markup.ts'
import { siteHost, trustHost } from './site-host.ts'

/** Where a browser that runs scripts says whether it trusts Parley; to any other it says how to find out. */
export const trustCheck = markup`
<output id="trust">Open <a href="https://${trustHost}/">https://${trustHost}/</a>: if it opens without a warning, this
browser trusts Parley.</output>`

/**
 * The check: a request over TLS, which Parley answers with a leaf of its root, so that the browser's verdict on it is the
 * verdict on the root. A browser that does not come through Parley asks at the address where it found this page.
 */
export const trustScript = `
const output = document.getElementById('trust')
const reach = url => fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(15000) }).then(({ ok }) => ok, () => false)
const check = async () => {
  const comes = location.hostname === '${siteHost}' || await reach('http://${siteHost}/check')
  const trusts = await reach('https://' + (comes ? '${trustHost}' : location.host) + '/check')
  output.className = trusts ? 'yes' : 'no'
  output.textContent = (trusts ? 'Yes: this browser trusts Parley.'
    : 'No: this browser does not trust Parley yet. Install its root as below, then come back.')
    + (comes ? '' : ' It does not come through Parley yet: set the proxy as below.')
}
check()
addEventListener('focus', check)
`
