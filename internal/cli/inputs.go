package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/documents"
)

var errTooLarge = fmt.Errorf("larger than %d MiB, the limit of one input", api.MaxBody>>20)

// input is one document or one row of a table to be screened, or the error that kept it from being read.
type input struct {
	file  string
	line  int // 1-based where a file has one object or row a line, else 0
	order int // 1-based where a document holds several orders, else 0
	data  []byte
	rows  *documents.Rows // of a table that is read row by row, at the row; instead of data
	err   error
}

// where names the input for a person.
func (in input) where() string {
	switch {
	case in.line > 0:
		return fmt.Sprintf("%s:%d", in.file, in.line)
	case in.order > 0:
		return fmt.Sprintf("%s, order %d", in.file, in.order)
	}
	return in.file
}

// feed reads what is to be screened, and tells how much of it was read.
type feed struct {
	reader *documents.Reader
	stdin  io.Reader
	read   func(bytes int)
}

// inputs yields every document of the files in order, or every line of one that holds an object or a row a line; - is
// standard input, and a folder is all its files. A file that cannot be read is one input with its error, and the next
// follows.
func (f *feed) inputs(ctx context.Context, files []string) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, name := range files {
			if !f.file(ctx, name, yield) {
				return
			}
		}
	}
}

func (f *feed) file(ctx context.Context, name string, yield func(input) bool) bool {
	if name == "-" {
		return f.content(ctx, "stdin", f.stdin, yield)
	}
	file, err := os.Open(name) //nolint:gosec // reading the files that the user names is the purpose
	if err != nil {
		return yield(input{file: name, err: err})
	}
	defer func() { _ = file.Close() }()
	return f.content(ctx, name, file, yield)
}

// content tells JSON from other documents by the first sign.
func (f *feed) content(ctx context.Context, name string, r io.Reader, yield func(input) bool) bool {
	counted := &countingReader{r, f.read}
	buffered := bufio.NewReaderSize(counted, 64<<10)
	head, err := buffered.Peek(len("\ufeff") + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return yield(input{file: name, err: err})
	}
	if isObject(head) {
		return readObjects(name, buffered, yield)
	}
	return f.document(ctx, name, buffered, yield)
}

// document yields a document as a whole. A table that is too large for that is read row by row.
func (f *feed) document(ctx context.Context, name string, r io.Reader, yield func(input) bool) bool {
	start, err := io.ReadAll(io.LimitReader(r, documents.MaxBytes+1))
	switch {
	case err != nil:
		return yield(input{file: name, err: err})
	case len(start) <= documents.MaxBytes:
		return yield(input{file: name, data: start})
	}
	rows, err := f.reader.Rows(ctx, io.MultiReader(bytes.NewReader(start), r), documents.Hints{FileName: name})
	if err != nil {
		return yield(input{file: name, err: fmt.Errorf("%w, and it is no table that could be read row by row: %w", errTooLarge, err)})
	}
	for in := range rowInputs(name, rows) {
		if !yield(in) {
			return false
		}
	}
	return true
}

// rowInputs yields an input for each row of a table. It is valid until the next.
func rowInputs(name string, rows *documents.Rows) iter.Seq[input] {
	return func(yield func(input) bool) {
		for rows.Next() {
			if !yield(input{file: name, line: rows.Line(), rows: rows}) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(input{file: name, line: rows.Line(), err: err})
		}
	}
}

// countingReader tells how much was read.
type countingReader struct {
	io.Reader
	read func(bytes int)
}

// Read implements io.Reader.
func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.read != nil {
		c.read(n)
	}
	return n, err
}

// filesOf lists the files that names stand for, and how many bytes they hold; -1 where that is not known. A folder
// stands for all files in it and below, hidden ones left out, by name. A file that is not there is told where it would
// be read.
func filesOf(names []string) (files []string, size int64, err error) {
	known := true
	for _, name := range names {
		info, err := os.Stat(name)
		if err == nil && info.IsDir() {
			inside, bytes, err := filesBelow(name)
			if err != nil {
				return nil, 0, err
			}
			files, size = append(files, inside...), size+bytes
			continue
		}
		files = append(files, name)
		if err == nil && info.Mode().IsRegular() {
			size += info.Size()
		} else if name == "-" || err == nil {
			known = false
		}
	}
	if !known {
		size = -1
	}
	return files, size, nil
}

// filesBelow lists the files of a folder and their bytes.
func filesBelow(folder string) (files []string, size int64, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		hidden := path != folder && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return err
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || !entry.Type().IsRegular():
			return nil
		}
		files = append(files, path)
		if info, err := entry.Info(); err == nil {
			size += info.Size()
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s: the folder holds no file", folder)
	}
	return files, size, err
}

// readObjects tells one object over many lines from one object a line by the first line, and holds one input at a
// time.
func readObjects(name string, lines *bufio.Reader, yield func(input) bool) bool {
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
