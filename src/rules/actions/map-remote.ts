import { originOf } from '../../filter/flow.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { problemOf } from '../../problem/problem.ts'
import type { Arguments } from '../arguments.ts'
import { withAuthority, withPath, withScheme } from '../head/with-start.ts'
import type { ActionKind, RequestDraft } from './action.ts'
import { stripPrefix } from './strip-prefix.ts'
import { urlText } from './url.ts'

interface Remote {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Without a slash at its end. */
  readonly prefix: string
}

export const mapRemote: ActionKind = {
  name: 'map-remote',
  usage: 'URL [strip PREFIX] [keep-host]',
  says: 'ask another server; a path in the URL comes before that of the request, less PREFIX; Host follows, unless kept',
  example: '~d api.example => map-remote http://127.0.0.1:3000/v2 strip /api',
  read(args) {
    const remote = readRemote(args)
    const strip = args.takes('strip') ? urlText(args, 'a prefix') : ''
    const keepHost = args.takes('keep-host')
    return {
      did: `map to ${originOf(remote)}${remote.prefix}`,
      request: (draft, world) => {
        if (world.isOurs(remote.host, remote.port))
          throw Object.assign(new Error('a loop'), { problem: problemOf('rule/loop', { detail: hostAndPort(remote) }) })
        return mapped(draft, remote, strip, keepHost)
      },
    }
  },
}

const expected = 'a URL such as https://other.example:8443/prefix'

function readRemote(args: Arguments): Remote {
  const text = urlText(args, expected)
  if (!/^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/i.test(text)) args.refuse(expected)
  const url = URL.parse(text) ?? args.refuse(expected)
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port)
  if (port === 0) args.refuse(expected)
  return { scheme, host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, prefix: url.pathname.replace(/\/+$/, '') }
}

/** The server is asked in origin-form (RFC 9112 3.2.1). */
function mapped(draft: RequestDraft, remote: Remote, strip: string, keepHost: boolean): RequestDraft {
  const { scheme, host, port, prefix } = remote
  const path = prefix + stripPrefix(draft.head.path, strip)
  const isDefault = port === (scheme === 'https' ? 443 : 80)
  const authority = isDefault ? hostAndPort({ host, port }).replace(/:\d+$/, '') : hostAndPort({ host, port })
  const placed = withScheme(withPath(draft.head, path), scheme)
  const named = keepHost ? placed : withAuthority(placed, authority)
  return { ...draft, head: { ...named, target: named.path }, server: { scheme, host, port } }
}
