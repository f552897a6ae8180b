package documents

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
)

// longTable gives the same lines again and again below a row of headers, without holding them.
type longTable struct {
	header, lines []byte
	at            int
	left          int
}

func (t *longTable) Read(p []byte) (int, error) {
	if t.header != nil {
		n := copy(p, t.header)
		if t.header = t.header[n:]; len(t.header) == 0 {
			t.header = nil
		}
		return n, nil
	}
	if t.at == len(t.lines) {
		t.at = 0
	}
	n := copy(p[:min(len(p), t.left)], t.lines[t.at:])
	t.at += n
	if t.left -= n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// goodsTable has n different lines of five columns.
func goodsTable(n int) *longTable {
	var lines bytes.Buffer
	for i := range n {
		fmt.Fprintf(&lines, "AB%05d-X,\"Monitor %d in, stand included\",Makers of Screens,%d,%d.50\n", i, 20+i%14, 1+i%9, 90+i)
	}
	return &longTable{header: []byte("SKU,Description,Manufacturer,Quantity,Unit Price\n"), lines: lines.Bytes()}
}

func BenchmarkCSVRows(b *testing.B) {
	reader := readerFor(b)
	const different = 1000
	table := goodsTable(different)
	table.left = b.N * len(table.lines) / different
	b.SetBytes(int64(len(table.lines) / different))
	b.ReportAllocs()
	b.ResetTimer()
	rows, err := reader.Rows(context.Background(), table, Hints{})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n += len(rows.Order().Lines)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}
