/** What an option of curl says of a request. */
export type CurlMeaning =
  | 'request'
  | 'header'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'json'
  | 'form'
  | 'form-string'
  | 'user'
  | 'cookie'
  | 'user-agent'
  | 'referer'
  | 'compressed'
  | 'head'
  | 'get'
  | 'http1'
  | 'http2'
  | 'url'
  | 'bearer'
  /** It says nothing of what is sent. */
  | 'nothing'
  /** It does, and Parley does not do it: a note says so. */
  | 'not-followed'
  /** It cannot be sent. */
  | 'refused'

export interface CurlOption {
  readonly meaning: CurlMeaning
  /** A word follows. */
  readonly takes: boolean
}

const option = (meaning: CurlMeaning, takes: boolean, names: string): readonly (readonly [string, CurlOption])[] =>
  names.split(' ').map(name => [name, { meaning, takes }] as const)

/** By name as it is typed, with its dashes. */
export const curlOptions: ReadonlyMap<string, CurlOption> = new Map([
  ...option('request', true, '-X --request'),
  ...option('header', true, '-H --header'),
  ...option('data', true, '-d --data --data-ascii --data-binary'),
  ...option('data-raw', true, '--data-raw'),
  ...option('data-urlencode', true, '--data-urlencode'),
  ...option('json', true, '--json'),
  ...option('form', true, '-F --form'),
  ...option('form-string', true, '--form-string'),
  ...option('user', true, '-u --user'),
  ...option('bearer', true, '--oauth2-bearer'),
  ...option('cookie', true, '-b --cookie'),
  ...option('user-agent', true, '-A --user-agent'),
  ...option('referer', true, '-e --referer'),
  ...option('compressed', false, '--compressed'),
  ...option('head', false, '-I --head'),
  ...option('get', false, '-G --get'),
  ...option('http1', false, '--http1.1 -0 --http1.0'),
  ...option('http2', false, '--http2 --http2-prior-knowledge'),
  ...option('url', true, '--url'),
  ...option('nothing', false, '-s --silent -S --show-error -v --verbose -i --include -f --fail --fail-with-body -N'),
  ...option('nothing', false, '-g --globoff --path-as-is -# --progress-bar --no-progress-meter --no-buffer -O -J'),
  ...option('nothing', false, '-4 --ipv4 -6 --ipv6 --basic --no-keepalive --tcp-nodelay --ssl-no-revoke --no-alpn'),
  ...option('nothing', true, '-o --output -w --write-out -D --dump-header -c --cookie-jar --connect-timeout -m'),
  ...option('nothing', true, '--max-time --retry --retry-delay --stderr --trace --trace-ascii --keepalive-time'),
  ...option('not-followed', false, '-L --location --location-trusted -k --insecure -n --netrc --anyauth --digest'),
  ...option('not-followed', false, '--ntlm --negotiate --tlsv1.2 --tlsv1.3 --tlsv1 -1 --proxy-insecure'),
  ...option('not-followed', true, '-x --proxy --resolve --connect-to --cacert --capath --ciphers --tls-max -U'),
  ...option('not-followed', true, '--interface --noproxy --proxy-user --limit-rate --socks5 --socks5-hostname'),
  ...option('refused', true, '-T --upload-file -K --config -r --range -E --cert --key --aws-sigv4 --unix-socket'),
  ...option('refused', false, '--http3 --http3-only -: --next -Z --parallel'),
])
