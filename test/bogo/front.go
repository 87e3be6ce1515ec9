// The shim that BoGo's runner starts for every test. It hands its flags to the process that has the client loaded
// (run.ts, at the socket that BOGO_POOL names), says what that says, and ends with its exit code: a start of Node for each
// of 7,000 tests would take ten minutes.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

const unimplemented = 89

func main() {
	for _, flag := range os.Args[1:] {
		switch flag {
		case "-server", "-dtls", "-quic":
			os.Exit(unimplemented)
		case "-is-handshaker-supported":
			fmt.Println("No")
			return
		}
	}
	pool, err := net.Dial("unix", os.Getenv("BOGO_POOL"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	io.WriteString(pool, strings.Join(os.Args[1:], "\x00"))
	pool.(*net.UnixConn).CloseWrite()
	answer, err := io.ReadAll(pool)
	if err != nil || len(answer) == 0 {
		fmt.Fprintln(os.Stderr, "the pool is gone", err)
		os.Exit(1)
	}
	os.Stderr.Write(answer[1:])
	os.Exit(int(answer[0]))
}
