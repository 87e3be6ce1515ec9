import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, findPrograms } from './programs.ts'

/** A client library of a runtime that `parley run` should catch. */
export interface Client {
  readonly name: string
  /** What its command starts: a name, or where it was found. Undefined where it is not here. */
  readonly program: string | undefined
  /** The arguments with which it asks for a URL; what it runs may be written to `folder`. */
  arguments(url: string, folder: string): readonly string[]
  /** The same with what it needs besides, and that in words. */
  readonly more?: { readonly says: string; arguments(url: string, folder: string): readonly string[] }
  /** What the program says where the library is not installed: then nothing is known. */
  readonly absent?: RegExp
  /** Asks for loopback by its name. */
  readonly local?: true
  /** Needs files in the folder where it runs. */
  prepare?(folder: string): void
}

const inline =
  (...before: readonly string[]) =>
  (url: string): readonly string[] => [...before, url]

export const inFile = (name: string, text: string, ...before: readonly string[]) => {
  return (url: string, folder: string): readonly string[] => {
    writeFileSync(join(folder, name), text)
    return [...before, join(folder, name), url]
  }
}

const python = (code: string) => inline('-c', `import sys; u = sys.argv[1]\n${code}`)
const debianPython = findPrograms('python3').at(-1) // whose packages are Debian's
const noModule = /ModuleNotFoundError/

const aiohttp = (session: string): string => `import aiohttp, asyncio
async def main():
  async with aiohttp.ClientSession(${session}) as s:
    async with s.get(u) as r: print(await r.text())
asyncio.run(main())`

const nodeFetch = inline('-e', 'fetch(process.argv[1]).then(r => r.text()).then(console.log)')
const nodeGet = (options: string) =>
  inline('-e', `const s = require('https'); s.get(process.argv[1], ${options}, r => r.pipe(process.stdout))`)

const java = (what: string): string => `import java.net.*; import java.net.http.*;
public class Main { public static void main(String[] a) throws Exception { System.out.println(${what}); } }`
const javac = findProgram('javac') // java itself compiles a file with it
const goProgram = `package main
import ("io"; "net/http"; "os")
func main() {
  r, e := http.Get(os.Args[1]); if e != nil { panic(e) }
  io.Copy(os.Stdout, r.Body)
}`
const goModule = (folder: string): void => writeFileSync(join(folder, 'go.mod'), 'module parley.test/client\n')
const cargoToml = (folder: string): void => {
  writeFileSync(join(folder, 'Cargo.toml'), '[package]\nname = "x"\nversion = "0.1.0"\n[lib]\npath = "x.rs"\n')
  writeFileSync(join(folder, 'x.rs'), '')
}

/** One that does not heed NODE_USE_ENV_PROXY by itself. */
const olderNode = findPrograms('node').find(path => {
  const [major = 0] = execFileSync(path, ['-p', 'process.versions.node']).toString().split('.').map(Number)
  return major < 22
})

/** Sparse registries are stable from 1.68 on; Debian 12 has 1.65. */
const newerCargo = findPrograms('cargo').find(path => {
  const [, minor = 0] = /cargo 1\.(\d+)/.exec(execFileSync(path, ['--version']).toString()) ?? []
  return Number(minor) >= 68
})

/** In the order of the README. */
export const clients: readonly Client[] = [
  { name: 'curl', program: findProgram('curl'), arguments: inline('-sS') },
  { name: 'wget', program: findProgram('wget'), arguments: inline('-qO-') },
  { name: 'git', program: findProgram('git'), arguments: inline('ls-remote') },
  { name: 'npm', program: findProgram('npm'), arguments: url => ['view', 'left-pad', '--registry', url] },
  {
    name: 'pip',
    program: findProgram('pip3'),
    arguments: url => ['download', '--no-deps', '--index-url', url, 'left-pad'],
  },
  {
    name: 'cargo',
    program: newerCargo,
    prepare: cargoToml,
    arguments: url => ['search', 'x', '--index', `sparse+${url}/`],
  },
  {
    name: 'Python urllib',
    program: debianPython,
    arguments: python('import urllib.request as r; print(r.urlopen(u).read())'),
  },
  {
    name: 'Python requests',
    program: debianPython,
    arguments: python('import requests; print(requests.get(u).text)'),
    absent: noModule,
  },
  {
    name: 'Python httpx',
    program: debianPython,
    arguments: python('import httpx; print(httpx.get(u).text)'),
    absent: noModule,
  },
  {
    name: 'Python aiohttp',
    program: debianPython,
    arguments: python(aiohttp('')),
    more: { says: '`trust_env=True`', arguments: python(aiohttp('trust_env=True')) },
    absent: noModule,
  },
  {
    name: 'Python http.client',
    program: debianPython,
    arguments: python(
      'import http.client, urllib.parse as p; s = p.urlsplit(u); c = http.client.HTTPSConnection(s.netloc); c.request("GET", s.path); print(c.getresponse().read())',
    ),
  },
  { name: 'Node before 22 fetch', program: olderNode, arguments: nodeFetch },
  { name: 'Node before 22 https', program: olderNode, arguments: nodeGet('{}') },
  { name: 'Node fetch', program: process.execPath, arguments: nodeFetch },
  { name: 'Node https', program: process.execPath, arguments: nodeGet('{}') },
  {
    name: 'Node https with an agent of its own',
    program: process.execPath,
    arguments: nodeGet('{ agent: new s.Agent() }'),
    more: { says: '`proxyEnv: process.env`', arguments: nodeGet('{ agent: new s.Agent({ proxyEnv: process.env }) }') },
  },
  {
    name: 'Deno fetch',
    program: findProgram('deno'),
    arguments: inFile('deno.js', 'console.log(await (await fetch(Deno.args[0])).text())', 'run', '-A'),
  },
  {
    name: 'Bun fetch',
    program: findProgram('bun'),
    arguments: inFile('bun.js', 'console.log(await (await fetch(process.argv[2])).text())', 'run'),
  },
  {
    name: 'Java HttpClient',
    program: javac && findProgram('java'),
    arguments: inFile(
      'Main.java',
      java(
        'HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(a[0])).build(), HttpResponse.BodyHandlers.ofString()).body()',
      ),
    ),
  },
  {
    name: 'Java HttpsURLConnection',
    program: javac && findProgram('java'),
    arguments: inFile('Main.java', java('new String(new URL(a[0]).openStream().readAllBytes())')),
  },
  {
    name: 'Go net/http',
    program: findProgram('go'),
    prepare: goModule,
    arguments: inFile('main.go', goProgram, 'run'),
  },
  {
    name: 'Go net/http to localhost',
    program: findProgram('go'),
    local: true,
    prepare: goModule,
    arguments: inFile('main.go', goProgram, 'run'),
  },
  {
    name: 'Ruby Net::HTTP',
    program: findProgram('ruby'),
    arguments: inline('-rnet/http', '-e', 'puts Net::HTTP.get(URI(ARGV[0]))'),
  },
  {
    name: 'Perl LWP',
    program: findProgram('perl'),
    arguments: inline('-MLWP::UserAgent', '-e', 'print LWP::UserAgent->new->get($ARGV[0])->content'),
    absent: /Can't locate/,
  },
  {
    name: 'Perl HTTP::Tiny',
    program: findProgram('perl'),
    arguments: inline('-MHTTP::Tiny', '-e', 'print HTTP::Tiny->new(verify_SSL => 1)->get($ARGV[0])->{content}'),
    absent: /Can't locate/,
  },
  {
    name: 'PHP curl',
    program: findProgram('php'),
    arguments: inline('-r', '$c = curl_init($argv[1]); curl_exec($c);'),
    absent: /undefined function curl_init/,
  },
  {
    name: 'PHP streams',
    program: findProgram('php'),
    arguments: inFile('main.php', '<?php echo file_get_contents($argv[1]);'),
  },
  {
    name: 'PHP streams with a context of their own',
    program: findProgram('php'),
    arguments: inFile('main.php', '<?php echo file_get_contents($argv[1], false, stream_context_create([]));'),
    more: {
      says: '`stream_context_get_default()`',
      arguments: inFile('main.php', '<?php echo file_get_contents($argv[1], false, stream_context_get_default());'),
    },
  },
  {
    name: 'openssl s_client',
    program: findProgram('openssl'),
    arguments: url => ['s_client', '-connect', new URL(url).host],
  },
]
