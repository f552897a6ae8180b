package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/api"
)

var errTooLarge = fmt.Errorf("larger than %d MiB, the limit of one input", api.MaxBody>>20)

// input is one object to be screened, or the error that kept it from being read.
type input struct {
	file string
	line int // 1-based where a file has one object a line, else 0
	data []byte
	err  error
}

// where names the input for a person.
func (in input) where() string {
	if in.line == 0 {
		return in.file
	}
	return fmt.Sprintf("%s:%d", in.file, in.line)
}

// readInputs yields every object of the files in order; - is standard input. A file that cannot be read is one input
// with its error, and the next file follows.
func readInputs(files []string, stdin io.Reader) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, name := range files {
			if !readFile(name, stdin, yield) {
				return
			}
		}
	}
}

func readFile(name string, stdin io.Reader, yield func(input) bool) bool {
	if name == "-" {
		return readObjects("stdin", stdin, yield)
	}
	file, err := os.Open(name) //nolint:gosec // reading the files that the user names is the purpose
	if err != nil {
		return yield(input{file: name, err: err})
	}
	defer func() { _ = file.Close() }()
	return readObjects(name, file, yield)
}

// readObjects tells one object over many lines from one object a line by the first line, and holds one input at a
// time.
func readObjects(name string, r io.Reader, yield func(input) bool) bool {
	lines := bufio.NewReaderSize(r, 64<<10)
	number, first, err := skipBlank(lines, 0)
	first = bytes.TrimPrefix(first, []byte("\ufeff"))
	switch {
	case isBlank(first) && errors.Is(err, io.EOF):
		return yield(input{file: name, err: errors.New("empty: nothing to screen")})
	case err != nil && !errors.Is(err, io.EOF):
		return yield(input{file: name, err: err})
	case err != nil && jsontext.Value(first).IsValid():
		return yield(input{file: name, data: first})
	case !standsAlone(first, lines):
		return readDocument(name, first, lines, yield)
	}
	for text := first; ; number, text, err = skipBlank(lines, number) {
		if err != nil && !errors.Is(err, io.EOF) {
			return yield(input{file: name, err: err})
		}
		if !isBlank(text) && !yield(input{file: name, line: number, data: text}) {
			return false
		}
		if err != nil {
			return true
		}
	}
}

// skipBlank returns the next line that is not blank, and its number after the one given; a blank one only with io.EOF.
func skipBlank(lines *bufio.Reader, after int) (number int, text []byte, err error) {
	for number = after + 1; ; number++ {
		text, err = readLine(lines)
		if err != nil || !isBlank(text) {
			return number, text, err
		}
	}
}

func isBlank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }

// standsAlone tells whether a first line is an object of its own: it is whole, or it is spoilt but the next line opens
// an object too, which nothing inside an object does.
func standsAlone(line []byte, rest *bufio.Reader) bool {
	if jsontext.Value(line).IsValid() {
		return true
	}
	next, err := rest.Peek(1)
	return err == nil && next[0] == '{' && bytes.HasPrefix(bytes.TrimSpace(line), []byte("{"))
}

// readDocument yields what was read of a file and the rest of it as one object.
func readDocument(name string, start []byte, rest io.Reader, yield func(input) bool) bool {
	more, err := io.ReadAll(io.LimitReader(rest, int64(api.MaxBody-len(start)+1)))
	switch {
	case err != nil:
		return yield(input{file: name, err: err})
	case len(start)+len(more) > api.MaxBody:
		return yield(input{file: name, err: errTooLarge})
	}
	return yield(input{file: name, data: append(start, more...)})
}

// readLine returns the next line with its end, in memory of its own, with io.EOF when nothing follows it.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > api.MaxBody {
			return nil, errTooLarge
		}
		if err == nil {
			if _, err = r.Peek(1); errors.Is(err, io.EOF) {
				return line, io.EOF
			}
			return line, nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}
