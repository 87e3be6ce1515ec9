import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Surroundings } from '../../../src/launch/system-proxy/desktop.ts'

/** Programs that answer as the real ones do, keep what they are told in files, and write down how they were called. */
export interface FakePrograms {
  readonly surroundings: Surroundings
  /** The calls so far, a line each; forgotten when they are read. */
  calls(): readonly string[]
}

/** Puts programs, shell scripts by name, alone on PATH. `$STATE` is a folder of their own. */
export function fakePrograms(
  t: TestContext,
  scripts: Readonly<Record<string, string>>,
  { platform = 'linux', desktop = '' }: { readonly platform?: NodeJS.Platform; readonly desktop?: string } = {},
): FakePrograms {
  const folder = mkdtempSync(join(tmpdir(), 'parley-fakes-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [bin, state, calls] = ['bin', 'state', 'calls'].map(name => join(folder, name)) as [string, string, string]
  for (const made of [bin, state]) mkdirSync(made)
  for (const [name, script] of Object.entries(scripts)) {
    const call = 'call=$(basename "$0"); for arg; do call="$call <$arg>"; done; printf "%s\\n" "$call" >> "$CALLS"'
    writeFileSync(join(bin, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${call}\n${script}`)
    chmodSync(join(bin, name), 0o700)
  }
  writeFileSync(calls, '')
  return {
    surroundings: { platform, environment: { PATH: bin, STATE: state, CALLS: calls, XDG_CURRENT_DESKTOP: desktop } },
    calls() {
      const lines = readFileSync(calls, 'utf8').split('\n').slice(0, -1)
      writeFileSync(calls, '')
      return lines
    },
  }
}

/** reg.exe, with one key: a file a value. */
export const reg = `
verb=$1; shift 2
while [ $# -gt 0 ]; do
  case $1 in /v) name=$2; shift;; /t) type=$2; shift;; /d) text=$2; shift;; esac
  shift
done
case $verb in
  query)
    printf '\\r\\nHKEY_CURRENT_USER\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Internet Settings\\r\\n'
    for value in "$STATE"/*; do [ -f "$value" ] && printf '    %s    %s\\r\\n' "\${value##*/}" "$(cat "$value")"; done
    printf '\\r\\n'
    ;;
  add) printf '%s    %s' "$type" "$text" > "$STATE/$name"; echo 'The operation completed successfully.';;
  delete) rm "$STATE/$name" || { echo 'ERROR: The system was unable to find the specified registry key or value.' >&2; exit 1; };;
esac
`

/** networksetup with three services, one of which is off. A file a field. */
export const networksetup = `
what=\${1#-}; service=$2
file() { printf '%s/%s' "$STATE" "$(printf %s "$service $1" | tr '/ ' '__')"; }
field() { cat "$(file "$1")" 2>/dev/null || printf %s "$2"; }
yes() { [ "$(field "$1" off)" = on ] && echo Yes || echo No; }
case $what in
  listallnetworkservices)
    printf 'An asterisk (*) denotes that a network service is disabled.\\nWi-Fi\\n*Bluetooth PAN\\nUSB 10/100/1000 LAN\\n';;
  getproxybypassdomains)
    domains=$(field bypass)
    [ -n "$domains" ] && echo "$domains" || echo "There aren't any bypass domains set on $service.";;
  setproxybypassdomains)
    shift 2; [ "$1" = Empty ] && shift; : > "$(file bypass)"
    for domain; do echo "$domain" >> "$(file bypass)"; done;;
  getwebproxy|getsecurewebproxy)
    kind=\${what#get}
    printf 'Enabled: %s\\nServer: %s\\nPort: %s\\nAuthenticated Proxy Enabled: %s\\n' \\
      "$(yes $kind)" "$(field $kind.server)" "$(field $kind.port 0)" "$(field $kind.secret 0)";;
  setwebproxystate|setsecurewebproxystate) kind=\${what#set}; printf %s "$3" > "$(file \${kind%state})";;
  setwebproxy|setsecurewebproxy)
    kind=\${what#set}; printf %s "$3" > "$(file $kind.server)"; printf %s "$4" > "$(file $kind.port)"; printf on > "$(file $kind)";;
  getautoproxyurl) printf 'URL: %s\\nEnabled: %s\\n' "$(field auto.url '(null)')" "$(yes auto)";;
  setautoproxystate) printf %s "$3" > "$(file auto)";;
  getproxyautodiscovery) [ "$(field discovery off)" = on ] && echo 'Auto Proxy Discovery: On' || echo 'Auto Proxy Discovery: Off';;
  setproxyautodiscovery) printf %s "$3" > "$(file discovery)";;
  *) echo "unknown: $what" >&2; exit 4;;
esac
`

/** kreadconfig and kwriteconfig: a file a key. */
export const kreadconfig = `
key=$6; [ -f "$STATE/$key" ] && cat "$STATE/$key" || printf %s "$8"
echo
`
export const kwriteconfig = `
key=$6
if [ "$7" = --delete ]; then rm "$STATE/$key"; else printf %s "$8" > "$STATE/$key"; fi
`

/** gsettings with its defaults: a file a key that is set. */
export const gsettings = `
verb=$1; file="$STATE/$2 $3"
case "$2 $3" in
  *' port') default=0;;
  *ignore-hosts) default="['localhost', '127.0.0.0/8', '::1']";;
  *mode) default="'none'";;
  *) default="''";;
esac
case $verb in
  get) cat "$file" 2>/dev/null || echo "$default";;
  set) echo "$4" > "$file";;
  reset) rm -f "$file";;
esac
`
