package ofac

import (
	"context"
	"errors"
	"testing"

	"github.com/interdict/interdict/internal/lists"
)

func FuzzRead(f *testing.F) {
	main := remarked("1", "ALPHA", "individual", "SDGT] [IFSR", "DOB circa 1951; a.k.a. 'A'; Website x.org; Passport 1 (Iran).")
	f.Add([]byte(main), []byte("1,1,\"aka\",\"B\",-0- \n"), []byte("1,1,\"x\",\"y\",\"Iran\",-0- \n"), []byte("1,\"more.\"\n"))
	f.Add([]byte("1,\"A"), []byte("\x1a"), []byte(""), []byte("\xef\xbb\xbf"))
	f.Add([]byte(main+main), []byte("9,9,\"fka\",\"\",\n"), []byte("1,1,,,,,,\n"), []byte("1,;;;;'\n"))
	where := places(f)
	f.Fuzz(func(t *testing.T, main, other, addresses, remarks []byte) {
		file := func(name string, data []byte) *lists.File { return &lists.File{Name: name, Data: data} }
		for _, p := range []lists.Publication{SDN, Consolidated} {
			c := &lists.Copy{Places: where, Parts: map[string]*lists.File{}}
			for i, data := range [][]byte{main, other, addresses, remarks} {
				c.Parts[p.Parts[i].Name] = file(p.Parts[i].Name, data)
				p.Parts[i].Fits(file("x", data))
			}
			edition, err := p.Read(context.Background(), c)
			var fault *lists.Fault
			if err != nil {
				if !errors.As(err, &fault) || fault.File == "" || fault.Detail == "" {
					t.Fatalf("got %v, want a fault", err)
				}
				continue
			}
			for i := range edition.Entities {
				if e := &edition.Entities[i]; e.ID == "" || e.Name == "" || e.Kind == "" || len(e.Listings) == 0 || e.Listings[0].Citation == "" {
					t.Fatalf("got %+v", e)
				}
			}
		}
	})
}
