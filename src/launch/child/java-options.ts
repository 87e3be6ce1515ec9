import type { ChildSetting } from './setting.ts'

/** JAVA_TOOL_OPTIONS: what stood there, then the proxy and the trust store. Of two properties of one name the last counts. */
export function javaOptions({ host, port, credentials, except, files }: ChildSetting, before = ''): string {
  const proxies = ['http', 'https'].flatMap(scheme => [`${scheme}.proxyHost=${host}`, `${scheme}.proxyPort=${port}`])
  const properties = [
    ...proxies,
    `http.nonProxyHosts=${except.join('|')}`, // empty: loopback too goes through the proxy
    `javax.net.ssl.trustStore=${files.trustStore}`,
    'javax.net.ssl.trustStoreType=PKCS12',
    ...(credentials === undefined ? [] : ['jdk.http.auth.tunneling.disabledSchemes=']), // it would not take Basic there
  ]
  return [before, ...properties.map(property => quoted(`-D${property}`))].join(' ').trim()
}

/** The JVM splits at white space outside quotes; in quotes nothing else is special. */
function quoted(word: string): string {
  if (!/[\s'"]/.test(word)) return word
  return word.includes("'") ? `"${word}"` : `'${word}'`
}
