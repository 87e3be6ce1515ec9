import type { Explain, Explanation } from '../../wire/explanation.ts'
import { explain as explainHttp2 } from '../../wire/http2/explain.en.ts'
import { explain as explainTls } from '../../wire/tls/explain.en.ts'
import { explainField } from '../../wire/tls/explain-field.ts'
import { explain as explainCertificate } from '../../wire/x509/explain.en.ts'

/** What the line of a field tree with that key is for; a field without a text of its own is told by what holds it. */
export function explainLine(key: string): Explanation | undefined {
  const [message = '', ...path] = key.split('/')
  if (message === 'check') return explainTls(`check.${path.join('/').replace(/ \d+$/, '')}`)
  if (message === 'chain') return explainCertificate(`chain.${path.join('/')}`) ?? explainCertificate('chain')
  const der = path.findIndex(name => name === 'cert_data' || name === 'certificate')
  const inCertificate = der < 0 ? undefined : innermost(path.slice(der + 1), explainCertificate)
  return inCertificate ?? explainField(explainTls, message, path) ?? innermost([message, ...path], explainHttp2)
}

/** The text of the innermost name, or of the longest path that ends with it; else of what holds it. */
function innermost(names: readonly string[], explain: Explain): Explanation | undefined {
  for (let to = names.length; to > 0; to--)
    for (let from = 0; from < to; from++) {
      const found = explain(names.slice(from, to).join('/'))
      if (found) return found
    }
  return undefined
}
