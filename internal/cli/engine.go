package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/internal/config"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/publications"
	"github.com/interdict/interdict/screening"
)

// newScreener returns the engine on the embedded facts and on the lists of the data folder.
func newScreener(ctx context.Context, p *program) (*screening.Screener, error) {
	embedded, store, err := p.facts()
	if err != nil {
		return nil, err
	}
	_, catalogue, err := lists.NewKeeper(ctx, lists.KeeperConfig{Store: store, Base: embedded})
	if err != nil {
		return nil, err
	}
	return screening.New(catalogue, screening.Config{})
}

// facts returns the embedded catalogue, and the store of lists in the data folder.
func (p *program) facts() (*screening.Catalogue, *lists.Store, error) {
	embedded, err := data.Catalogue()
	if err != nil {
		return nil, nil, fmt.Errorf("load the embedded catalogue: %w", err)
	}
	known, err := publications.With(folderIn(p.settings.DataDir, "own-lists"))
	if err != nil {
		return nil, nil, fmt.Errorf("the own lists: %w", err)
	}
	store, err := lists.OpenStore(lists.Config{
		Folder: filepath.Join(string(p.settings.DataDir), "lists"), Known: known, Places: embedded.Places(), Now: p.Now,
	})
	return embedded, store, err
}

// folderIn is a folder of the data folder; nil where there is none.
func folderIn(dataDir config.Path, name string) fs.FS {
	folder := filepath.Join(string(dataDir), name)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil
	}
	return os.DirFS(folder)
}

// assumed is what the operator stands for in a deal that leaves a side out, and how old lists may be.
func assumed(s config.Settings) screening.Background {
	return screening.Background{
		SellerCountry: string(s.OperatorCountry), OwnerCountry: string(s.OperatorCountry), ListsMaxAge: time.Duration(s.ListsMaxAge),
	}
}
