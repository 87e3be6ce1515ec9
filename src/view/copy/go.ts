import { type ProgramFormat, programOf } from './format.ts'
import { mostInlineBytes, sentHeaders } from './request.ts'
import { uriOf } from './uri.ts'

/** A program in Go, of the standard library alone. */
export const go: ProgramFormat = programOf({
  key: 'go',
  name: 'Go (net/http)',
  side: 'request',
  before: `package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
`,
  part(exchange, body) {
    const headers = sentHeaders(exchange).map(([name, value]) => `\t\t{${literal(name)}, ${literal(value)}},\n`)
    const { method } = exchange.request.head
    const given = headers.length > 0 ? `[][2]string{\n${headers.join('')}\t}` : 'nil'
    return `\tsend(${literal(method)}, ${literal(uriOf(exchange))}, ${given}, ${bodyOf(body)})\n`
  },
  after: () => `}

var client = &http.Client{
	Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableCompression: true, ForceAttemptHTTP2: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func send(method, url string, headers [][2]string, body io.Reader) {
	request, err := http.NewRequest(method, url, body)
	check(err)
	request.Header["User-Agent"] = []string{""} // none unless it is named
	for _, header := range headers {
		name, value := header[0], header[1]
		switch strings.ToLower(name) {
		case "host":
			request.Host = value
		case "user-agent":
			request.Header["User-Agent"] = []string{value}
		default:
			request.Header[name] = append(request.Header[name], value)
		}
	}
	response, err := client.Do(request)
	check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(err)
	fmt.Println(response.Proto, response.Status)
	os.Stdout.Write(answer)
}

func file(name string) io.Reader {
	bytes, err := os.ReadFile(name)
	check(err)
	return strings.NewReader(string(bytes))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`,
})

/** A string of Go is bytes. */
const literal = (latin1: string): string =>
  `"${latin1.replace(/[^\x20-\x7e]|["\\]/g, character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`

function bodyOf(body: Uint8Array): string {
  if (body.length === 0) return 'nil'
  if (body.length > mostInlineBytes) return `file("request-body.bin") /* save ${body.length} bytes there first */`
  return `strings.NewReader(${literal(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'))})`
}
