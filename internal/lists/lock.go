package lists

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// ErrBusy says that another process was writing lists for as long as one waited.
var ErrBusy = errors.New("another process is writing to the folder of the lists: try again when it is done")

const (
	lockName     = "lock"
	lockPause    = 20 * time.Millisecond // between two looks at a lock that somebody holds
	lockPatience = 30 * time.Second      // a write takes a second or two
)

// lock makes the caller the only writer: of this store, and of all processes. Downloads are made without it.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.patience, ErrBusy)
	defer cancel()
	select {
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	f, err := s.lockFile(ctx)
	if err != nil {
		<-s.writing
		return nil, err
	}
	return func() {
		_ = f.Close() // and with it the lock
		<-s.writing
	}, nil
}

func (s *Store) lockFile(ctx context.Context) (*os.File, error) {
	if err := makeFolder(s.config.Folder); err != nil {
		return nil, fmt.Errorf("lists: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(filepath.Clean(s.config.Folder), lockName), os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return nil, fmt.Errorf("lists: %w", err)
	}
	pause := time.NewTicker(lockPause)
	defer pause.Stop()
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return f, nil
		case !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR):
			return nil, errors.Join(fmt.Errorf("lists: locking %s: %w", f.Name(), err), f.Close())
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return nil, errors.Join(context.Cause(ctx), f.Close())
		}
	}
}

// makeFolder makes a folder that survives a loss of power, and those above it.
func makeFolder(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(path, folderMode); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(filepath.Clean(path)))
}
