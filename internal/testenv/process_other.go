//go:build !linux

package testenv

import "syscall"

// endWithParent is nil where the kernel cannot tie a child to its parent.
func endWithParent() *syscall.SysProcAttr { return nil }
