package products

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZProbe(t *testing.T) {
	f, err := os.Open("/tmp/probe/lines.txt")
	if err != nil {
		t.Skip()
	}
	s := embedded(t)
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		row := strings.ReplaceAll(sc.Text(), `\u212a`, "\u212a")
		if row == "" || row[0] == '#' {
			fmt.Println(row)
			continue
		}
		p := strings.Split(row, " || ")
		l := line("", "", "", p[0])
		if len(p) > 1 {
			l = line(p[0], "", "", p[1])
		}
		if len(p) > 2 {
			l = line(p[0], p[1], "", p[2])
		}
		a := s.Assess(l)
		cue := ""
		for _, m := range a.Matches {
			if m.Mention {
				cue = " cue=" + m.Cue
			}
		}
		fmt.Printf("%-80s %s%s\n", row, brief(a), cue)
	}
}
