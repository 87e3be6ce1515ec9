// Asks an origin once with the hello of each client that uTLS knows, by way of a proxy's CONNECT.
// usage: poses PROXY ROOTS.pem HOST:PORT=POSE...   A line of JSON for each, as it ends.
package main

import (
	"bufio"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	tls "github.com/refraction-networking/utls"
)

var named = []tls.ClientHelloID{
	tls.HelloGolang,
	tls.HelloChrome_58, tls.HelloChrome_62, tls.HelloChrome_70, tls.HelloChrome_72, tls.HelloChrome_83, tls.HelloChrome_87,
	tls.HelloChrome_96, tls.HelloChrome_100, tls.HelloChrome_102, tls.HelloChrome_106_Shuffle,
	tls.HelloFirefox_55, tls.HelloFirefox_56, tls.HelloFirefox_63, tls.HelloFirefox_65, tls.HelloFirefox_99,
	tls.HelloFirefox_102, tls.HelloFirefox_105,
	tls.HelloIOS_11_1, tls.HelloIOS_12_1, tls.HelloIOS_13, tls.HelloIOS_14,
	tls.HelloAndroid_11_OkHttp, tls.HelloEdge_85, tls.HelloEdge_106, tls.HelloSafari_16_0,
	tls.Hello360_7_5, tls.Hello360_11_0, tls.HelloQQ_11_1,
}

const randomized = 40 // of each kind some: with ALPN, without, with or without by chance

type outcome struct {
	Pose    string `json:"pose"`
	Target  string `json:"target"`
	Version uint16 `json:"version,omitempty"`
	Suite   uint16 `json:"suite,omitempty"`
	Alpn    string `json:"alpn,omitempty"`
	Answer  string `json:"answer,omitempty"`
	Failed  string `json:"failed,omitempty"`
}

// The same chance for the same pose: what goes directly can then be held against what went by Parley.
func seed(pose string) *tls.PRNGSeed {
	sum := sha256.Sum256([]byte(pose))
	seed := tls.PRNGSeed(sum)
	return &seed
}

func poses() (names []string, ids map[string]tls.ClientHelloID) {
	ids = map[string]tls.ClientHelloID{}
	add := func(name string, id tls.ClientHelloID) {
		names = append(names, name)
		ids[name] = id
	}
	for _, id := range named {
		add(id.Str(), id)
	}
	kinds := []tls.ClientHelloID{tls.HelloRandomized, tls.HelloRandomizedALPN, tls.HelloRandomizedNoALPN}
	for number := 0; number < randomized; number++ {
		id := kinds[number%len(kinds)]
		name := fmt.Sprintf("%s-%d", id.Client, number)
		id.Seed = seed(name)
		add(name, id)
	}
	return
}

func tunnel(proxy, target string) (net.Conn, error) {
	conn, err := net.DialTimeout("tcp", proxy, 10*time.Second)
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(conn, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", target, target)
	head := make([]byte, 0, 256)
	for one := make([]byte, 1); !strings.HasSuffix(string(head), "\r\n\r\n"); head = append(head, one[0]) {
		if _, err := conn.Read(one); err != nil {
			return nil, err
		}
	}
	return conn, nil
}

// The origin's first words: the settings of HTTP/2, or the status line.
func ask(conn *tls.UConn, host string) (string, error) {
	if conn.ConnectionState().NegotiatedProtocol == "h2" {
		conn.Write([]byte("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"))
		head := make([]byte, 9)
		_, err := conn.Read(head)
		return fmt.Sprintf("frame %d", head[3]), err
	}
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", host)
	line, err := bufio.NewReader(conn).ReadString('\n')
	return strings.TrimSpace(line), err
}

func once(proxy, target string, roots *x509.CertPool, pose string, id tls.ClientHelloID) (out outcome) {
	out = outcome{Pose: pose, Target: target}
	defer func() {
		if wrong := recover(); wrong != nil {
			out.Failed = fmt.Sprint("panic: ", wrong)
		}
	}()
	raw, err := tunnel(proxy, target)
	if err != nil {
		out.Failed = "no tunnel: " + err.Error()
		return
	}
	defer raw.Close()
	host, _, _ := net.SplitHostPort(target)
	conn := tls.UClient(raw, &tls.Config{ServerName: host, RootCAs: roots}, id)
	if err = conn.Handshake(); err == nil {
		state := conn.ConnectionState()
		out.Version, out.Suite, out.Alpn = state.Version, state.CipherSuite, state.NegotiatedProtocol
		out.Answer, err = ask(conn, host)
	}
	if err != nil {
		out.Failed = err.Error()
	}
	return
}

func main() {
	names, ids := poses()
	if len(os.Args) < 4 {
		json.NewEncoder(os.Stdout).Encode(names)
		return
	}
	proxy, roots := os.Args[1], x509.NewCertPool()
	pem, err := os.ReadFile(os.Args[2])
	if err != nil || !roots.AppendCertsFromPEM(pem) {
		panic("no roots")
	}
	var waiting sync.WaitGroup
	var told sync.Mutex
	room := make(chan bool, 4)
	for _, each := range os.Args[3:] {
		target, pose, _ := strings.Cut(each, "=")
		waiting.Add(1)
		room <- true
		go func() {
			defer waiting.Done()
			out := once(proxy, target, roots, pose, ids[pose])
			told.Lock()
			json.NewEncoder(os.Stdout).Encode(out)
			told.Unlock()
			<-room
		}()
	}
	waiting.Wait()
}
