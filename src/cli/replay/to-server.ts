import type { Header, RequestHead } from '../../model/exchange.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { isHostLess } from '../../model/host-less.ts'
import type { Ask } from '../../proxy/own/whole-answer.ts'
import type { Repeated } from './ask-of.ts'

/** The origin of a URL that has no more than that. Throws a sentence. */
export function readServer(text: string): Ask['server'] {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || isHostLess(text) || !/^https?:$/.test(url.protocol)) throw new Error('it is not an http or https URL')
  if (url.pathname !== '/' || url.search !== '' || url.username !== '' || url.hash !== '')
    throw new Error('give scheme, host and port alone; the paths are those of the requests')
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  return {
    scheme,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (scheme === 'https' ? 443 : 80),
  }
}

/** The request for another server: its Host or :authority names that one. */
export function toServer({ serverName: _, ...repeated }: Repeated, server: Ask['server']): Repeated {
  const { scheme, host, port } = server
  const usual = port === (scheme === 'https' ? 443 : 80)
  const authority = usual ? hostAndPort({ host, port }).replace(/:\d+$/, '') : hostAndPort({ host, port })
  const { raw: _raw, ...head } = repeated.head
  const values: Readonly<Record<string, string>> = { host: authority, ':authority': authority, ':scheme': scheme }
  const headers = head.headers.map(([name, value]): Header => [name, values[name.toLowerCase()] ?? value])
  const target = /^https?:\/\//i.test(head.target) ? head.path : head.target
  const moved: RequestHead = { ...head, scheme, authority, target, headers }
  return { ...repeated, server, head: moved }
}
