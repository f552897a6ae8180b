package testenv

import "syscall"

// endWithParent has the kernel kill a child whose parent dies, and keeps a terminal's signals from it.
func endWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
