package telemetry

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"runtime"
	"sync"
	"time"
)

// flushDelay is how long a line may wait in memory; warnings and errors never wait.
const flushDelay = 100 * time.Millisecond

// NewLog returns a logger that writes one JSON object a line, and a function that writes out what waits in memory, to
// be called before the program ends. Lines are written together, so that one costs no system call of its own. Errors
// are logged without the values that they quote.
func NewLog(w io.Writer, level slog.Leveler) (log *slog.Logger, flush func()) {
	out := &lineBuffer{buffer: bufio.NewWriterSize(w, 64<<10)}
	return slog.New(urgent{slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level}), out}), out.flush
}

// lineBuffer keeps lines for flushDelay at most. No goroutine runs while it is empty.
type lineBuffer struct {
	mu     sync.Mutex
	buffer *bufio.Writer
	due    bool // a flush will come
}

// Write implements io.Writer.
func (b *lineBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.due {
		b.due = true
		time.AfterFunc(flushDelay, b.flush)
	}
	return b.buffer.Write(line)
}

func (b *lineBuffer) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.due = false
	_ = b.buffer.Flush() // there is nowhere left to tell
}

// urgent writes warnings and errors out at once, with what waited before them. It redacts errors.
type urgent struct {
	slog.Handler
	out *lineBuffer
}

// Handle implements slog.Handler.
func (u urgent) Handle(ctx context.Context, r slog.Record) error {
	err := u.Handler.Handle(ctx, redacted(r))
	if r.Level >= slog.LevelWarn {
		u.out.flush()
	}
	return err
}

// WithAttrs implements slog.Handler.
func (u urgent) WithAttrs(attrs []slog.Attr) slog.Handler {
	return urgent{u.Handler.WithAttrs(attrs), u.out}
}

// WithGroup implements slog.Handler.
func (u urgent) WithGroup(name string) slog.Handler { return urgent{u.Handler.WithGroup(name), u.out} }

// redacted returns a record whose errors are without the values that they quote.
func redacted(r slog.Record) slog.Record {
	isError := func(a slog.Attr) bool {
		if a.Value.Kind() != slog.KindAny {
			return false
		}
		_, is := a.Value.Any().(error)
		return is
	}
	found := false
	r.Attrs(func(a slog.Attr) bool {
		found = isError(a)
		return !found
	})
	if !found {
		return r
	}
	clean := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if isError(a) {
			err, _ := a.Value.Any().(error)
			a.Value = slog.StringValue(Redacted(err))
		}
		clean.AddAttrs(a)
		return true
	})
	return clean
}

// quoted is what errors say of the values that they are about.
var quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|'[^']*'")

// Redacted returns an error's text without the values quoted in it: those may be a caller's.
func Redacted(err error) string { return quoted.ReplaceAllString(err.Error(), `"..."`) }

// PanicText tells what a panic was without what a caller may have sent: the text of the runtime's own errors, else
// only the type.
func PanicText(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return Redacted(err)
	}
	return fmt.Sprintf("a value of type %T", value)
}
