package lists

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json"
)

// What lies in a publication's folder: the manifest, the manifest of the copy before, and the files of both, each under
// the hash of its bytes. A file is complete and on the disk before a manifest names it, and a manifest changes by a
// rename: whenever the machine stops, the manifest names a whole copy.
const (
	manifestName = "manifest.json"
	previousName = "previous.json"
	tempSuffix   = ".tmp"
)

// shelf is the folder of one publication.
type shelf struct {
	root *os.Root // nil where there is no folder yet
	path string
	of   *Publication
	step func(step string) error // nil, or called before each step, which tests stop or do something between
}

const stepRead = "read" // of a copy whose manifest was read

// openShelf opens a publication's folder for reading.
func (s *Store) openShelf(p *Publication) (*shelf, error) {
	path := filepath.Join(s.config.Folder, p.ID)
	root, err := os.OpenRoot(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("lists: %w", err)
	}
	return &shelf{root: root, path: path, of: p, step: s.step}, nil
}

// makeShelf opens a publication's folder for writing.
func (s *Store) makeShelf(p *Publication) (*shelf, error) {
	path := filepath.Join(s.config.Folder, p.ID)
	if err := os.Mkdir(path, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("lists: %w", err)
	}
	if err := syncFolder(s.config.Folder); err != nil {
		return nil, fmt.Errorf("lists: %w", err)
	}
	return s.openShelf(p)
}

const (
	folderMode fs.FileMode = 0o700
	fileMode   fs.FileMode = 0o600
)

func (h *shelf) close() {
	if h.root != nil {
		_ = h.root.Close() // nothing was written through it
	}
}

// damage is a file in the folder that is not what was accepted.
type damage struct {
	path   string
	detail string
}

func (d *damage) Error() string {
	return fmt.Sprintf("%s is damaged: %s. Put the folder back from a backup, or take the list anew: "+
		"`interdict lists import FILE...` with all its files, or `interdict lists refresh`", d.path, d.detail)
}

func (h *shelf) damaged(name, detail string) error {
	return &damage{path: filepath.Join(h.path, name), detail: detail}
}

// manifest reads the manifest. Of a publication that has none it returns an empty one.
func (h *shelf) manifest() (*Manifest, error) {
	none := &Manifest{Schema: manifestSchema, ID: h.of.ID}
	if h.root == nil {
		return none, nil
	}
	data, err := h.root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	if err != nil {
		return nil, fmt.Errorf("lists: %s: %w", h.path, err)
	}
	m, err := decodeManifest(h.of, data)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w. Put it back from a backup, or remove the folder %s and take the list anew",
			filepath.Join(h.path, manifestName), err, h.path)
	}
	return m, nil
}

// read reads a file of a copy and holds it against its checksum. A file that is not there is also fs.ErrNotExist.
func (h *shelf) read(p PartCopy) ([]byte, error) {
	f, err := h.root.Open(p.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(h.damaged(p.File, fmt.Sprintf("the copy of %s is not there", p.Name)), fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("lists: %s: %w", h.path, err)
	}
	data, err := readExactly(f, p.Bytes)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, h.damaged(p.File, err.Error())
	}
	if hashOf(data) != p.SHA256 {
		return nil, h.damaged(p.File, fmt.Sprintf("it is not the %s that was accepted, its checksum differs", p.Name))
	}
	return data, nil
}

func readExactly(f *os.File, size int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() != size {
		return nil, fmt.Errorf("it has %d bytes and not %d", info.Size(), size)
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, err
	}
	return data, nil
}

// put writes a file in full and then gives it its name.
func (h *shelf) put(name string, data []byte) error {
	if err := h.at("write " + name); err != nil {
		return err
	}
	f, err := h.root.OpenFile(name+tempSuffix, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	half := len(data) / 2
	_, err = f.Write(data[:half])
	if err == nil {
		err = h.at("half " + name)
	}
	if err == nil {
		_, err = f.Write(data[half:])
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := h.at("rename " + name); err != nil {
		return err
	}
	if err := h.root.Rename(name+tempSuffix, name); err != nil {
		return err
	}
	return h.sync()
}

func (h *shelf) at(step string) error {
	if h.step == nil {
		return nil
	}
	return h.step(step)
}

func (h *shelf) sync() error {
	return syncFolder(h.path)
}

// syncFolder makes sure that the names in a folder survive a loss of power.
func syncFolder(path string) error {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// putManifest makes a manifest the one that counts.
func (h *shelf) putManifest(m *Manifest) error {
	data, err := m.encode()
	if err != nil {
		return err
	}
	return h.put(manifestName, data)
}

// putCopy writes a copy: its files, then the manifest of the copy that it replaces, then its own. What no manifest
// names any more is removed last.
func (h *shelf) putCopy(before, m *Manifest, parts []part) error {
	for _, p := range parts {
		if _, err := h.read(p.copy); err == nil {
			continue
		}
		if err := h.put(p.copy.File, p.file.Data); err != nil {
			return err
		}
	}
	if before.Taken() && before.Digest != m.Digest {
		data, err := before.encode()
		if err != nil {
			return err
		}
		if err := h.put(previousName, data); err != nil {
			return err
		}
	}
	if err := h.putManifest(m); err != nil {
		return err
	}
	return h.clean(m)
}

// clean removes the files of copies that are neither the accepted one nor the one before, and what broken writes left.
// It touches no file that has another kind of name.
func (h *shelf) clean(m *Manifest) error {
	if err := h.at("clean"); err != nil {
		return err
	}
	keep := map[string]bool{manifestName: true, previousName: true}
	for _, p := range append(h.previousParts(), m.Parts...) {
		keep[p.File] = true
	}
	entries, err := os.ReadDir(h.path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		ours := isHash(strings.TrimSuffix(name, tempSuffix)) || name == manifestName+tempSuffix || name == previousName+tempSuffix
		if keep[name] || !ours {
			continue
		}
		if err := h.root.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// previousParts are the files of the copy before. A manifest of it that cannot be read names none: nothing rests on it.
func (h *shelf) previousParts() []PartCopy {
	data, err := h.root.ReadFile(previousName)
	if err != nil {
		return nil
	}
	var m Manifest
	if json.Unmarshal(data, &m) != nil {
		return nil
	}
	return m.Parts
}
