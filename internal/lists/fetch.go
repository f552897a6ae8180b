package lists

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// Limits of a download. A list of 30 MB was seen to take six minutes from the US Treasury: what must not be is a source
// that hangs, or that trickles for ever.
const (
	userAgent    = "interdict-lists/1 (+https://github.com/interdict/interdict)"
	maxRedirects = 3
	dialLimit    = 20 * time.Second
	totalLimit   = 20 * time.Minute // of a file, redirects and all
	stallLimit   = time.Minute      // within which leastStep must come, the head of the answer counts as that
	leastStep    = 4 << 10          // bytes
	maxHeader    = 64 << 10
	maxValidator = 1 << 10 // bytes of an ETag or Last-Modified that are kept
)

// fetcher downloads one file at a time. It is safe for concurrent use.
type fetcher struct {
	client *http.Client
	guard  guard
	total  time.Duration
	stall  time.Duration
	step   int64
	most   int64 // bytes of a file, before and after it is unpacked
}

// newFetcher makes a fetcher of a client, or of one that dials public addresses only. It goes through no proxy: that
// would resolve names where nobody checks the address.
func newFetcher(client *http.Client) *fetcher {
	f := &fetcher{total: totalLimit, stall: stallLimit, step: leastStep, most: MaxFile}
	own := http.Client{}
	if client != nil {
		own = *client
	} else {
		own.Transport = f.transport()
	}
	own.CheckRedirect = f.redirect
	f.client = &own
	return f
}

func (f *fetcher) transport() *http.Transport {
	dialer := &net.Dialer{Timeout: dialLimit, Control: func(network, address string, c syscall.RawConn) error {
		return f.guard.dial(network, address, c)
	}}
	return &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: dialLimit, ForceAttemptHTTP2: true,
		MaxResponseHeaderBytes: maxHeader, IdleConnTimeout: dialLimit, MaxIdleConns: 2,
	}
}

// request is a file to fetch, with what the source said of the copy that is held; empty where none is.
type request struct{ url, etag, lastModified string }

// fetched is a file as the source gives it, or the word that it is the one that is held.
type fetched struct {
	data               []byte
	name               string
	etag, lastModified string
	unchanged          bool
}

var (
	errStalled = errors.New("the source stopped sending, or sends too slowly")
	errTooLong = errors.New("the download took too long")
)

// fetch downloads a file. Every error tells in words for people why there is none. It names the host and not the
// address, since a link to a file in a cloud is signed.
func (f *fetcher) fetch(ctx context.Context, r request) (*fetched, error) {
	u, err := url.Parse(r.url)
	if err != nil {
		return nil, errors.New("the address of the list is no URL")
	}
	if err := f.allowed(u); err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeoutCause(ctx, f.total, errTooLong)
	defer stop()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var progress atomic.Int64
	go f.watch(ctx, &progress, cancel)

	out, err := f.answer(ctx, u, r, &progress)
	if err == nil {
		return out, nil
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err // without the address
	}
	return nil, fmt.Errorf("%s: %w", u.Hostname(), err)
}

// watch ends a download in which too little comes.
func (f *fetcher) watch(ctx context.Context, progress *atomic.Int64, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(f.stall)
	defer tick.Stop()
	var last int64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			now := progress.Load()
			if now-last < f.step {
				cancel(errStalled)
				return
			}
			last = now
		}
	}
}

// allowed tells whether an address may be asked, the first one or one that a redirect leads to.
func (f *fetcher) allowed(u *url.URL) error {
	if f.guard.loopback {
		return nil
	}
	switch {
	case u.Scheme != "https":
		return fmt.Errorf("the address at %s is not https", u.Hostname())
	case u.Hostname() == "" || u.User != nil || (u.Port() != "" && u.Port() != "443"):
		return fmt.Errorf("the address at %s has a port or a user, or no host", u.Hostname())
	}
	return nil
}

func (f *fetcher) redirect(to *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("the source sends on more than %d times", maxRedirects)
	}
	if err := f.allowed(to.URL); err != nil {
		return err
	}
	if from := via[0].URL.Hostname(); !mayRedirect(from, to.URL.Hostname()) {
		return fmt.Errorf("it sends on to %s, which is not known to be the publisher's", to.URL.Hostname())
	}
	return nil
}

func (f *fetcher) answer(ctx context.Context, u *url.URL, r request, progress *atomic.Int64) (*fetched, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url, http.NoBody)
	if err != nil {
		return nil, errors.New("the address of the list is no URL")
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept-Encoding", "gzip") // said here, so that it is unpacked here
	for name, value := range map[string]string{"If-None-Match": r.etag, "If-Modified-Since": r.lastModified} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // read to the end or given up
	progress.Add(f.step)
	if resp.StatusCode == http.StatusNotModified && (r.etag != "" || r.lastModified != "") {
		return &fetched{unchanged: true}, nil
	}
	if err := f.acceptable(resp); err != nil {
		return nil, err
	}
	data, err := f.body(resp, progress)
	if err != nil {
		return nil, err
	}
	if isPage(data) {
		return nil, errors.New("the source answered with a web page instead of the file")
	}
	return &fetched{
		data: data, name: path.Base(u.Path), etag: validator(resp.Header.Get("ETag")), lastModified: validator(resp.Header.Get("Last-Modified")),
	}, nil
}

// acceptable looks at the head of an answer.
func (f *fetcher) acceptable(resp *http.Response) error {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")) // a kind that cannot be read is none
	switch {
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("the source answered %d", resp.StatusCode)
	case kind == "text/html" || kind == "application/xhtml+xml":
		return errors.New("the source answered with a web page instead of the file")
	case resp.ContentLength > f.most:
		return f.tooLarge()
	}
	return nil
}

func (f *fetcher) tooLarge() error {
	return fmt.Errorf("the file has more than the %d bytes that a list may have", f.most)
}

// body reads the file, unpacked where the source has packed it for the way.
func (f *fetcher) body(resp *http.Response, progress *atomic.Int64) ([]byte, error) {
	raw := &counted{r: io.LimitReader(resp.Body, f.most+1), progress: progress}
	var unpacked io.Reader = raw
	switch encoding := strings.ToLower(resp.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip":
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, raw.fault(resp, err)
		}
		unpacked = z
	default:
		return nil, fmt.Errorf("the source packs the file as %q, which was not asked for", plain(encoding))
	}
	var data bytes.Buffer
	_, err := io.Copy(&data, io.LimitReader(unpacked, f.most+1))
	switch {
	case int64(data.Len()) > f.most || raw.n > f.most:
		return nil, f.tooLarge()
	case err != nil:
		return nil, raw.fault(resp, err)
	}
	if resp.ContentLength >= 0 && raw.n != resp.ContentLength {
		return nil, raw.fault(resp, io.ErrUnexpectedEOF)
	}
	return data.Bytes(), nil
}

// counted counts what comes.
type counted struct {
	r        io.Reader
	n        int64
	progress *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.progress.Add(int64(n))
	return n, err
}

// fault says how far a download came that failed.
func (c *counted) fault(resp *http.Response, err error) error {
	if resp.ContentLength >= 0 && c.n != resp.ContentLength {
		return fmt.Errorf("the source announced %d bytes and sent %d: %w", resp.ContentLength, c.n, err)
	}
	return fmt.Errorf("the download broke off after %d bytes: %w", c.n, err)
}

// isPage tells a web page by its first bytes, whatever the source calls it.
func isPage(data []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace((&File{Data: data}).Head()))
	for _, start := range []string{"<!doctype html", "<html"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	return false
}

// validator keeps a header to ask with the next time, unless it is no reasonable one.
func validator(header string) string {
	for i := range len(header) {
		if header[i] < ' ' || header[i] > '~' {
			return ""
		}
	}
	if len(header) > maxValidator {
		return ""
	}
	return header
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the source"
	}
	return u.Hostname()
}
