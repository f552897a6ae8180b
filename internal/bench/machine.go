package main

import (
	"bufio"
	"bytes"
	"cmp"
	"debug/buildinfo"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// machine is what was measured, and where.
type machine struct {
	date              time.Time
	cpu, load         string
	cores             int
	goVersion, commit string
}

const unknown = "unknown"

// readMachine reads what /proc tells; elsewhere than on Linux that is unknown.
func readMachine(now time.Time) machine {
	cpu, _ := os.ReadFile("/proc/cpuinfo")
	load, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := bytes.Cut(load, []byte(" "))
	return machine{
		date: now, cpu: cmp.Or(valueOf(cpu, "model name"), unknown), load: cmp.Or(string(first), unknown),
		cores: runtime.NumCPU(), commit: unknown,
	}
}

// readProgram reads from a binary what it was built from.
func (m *machine) readProgram(file string) error {
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return err
	}
	m.goVersion = info.GoVersion
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			m.commit = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			m.commit += " with local changes"
		}
	}
	return nil
}

func (m *machine) markdown() string {
	return fmt.Sprintf("| date | CPU | cores | Go | commit | load average at the start |\n|---|---|---|---|---|---|\n| %s | %s | %d | %s | %s | %s |\n",
		m.date.UTC().Format(time.DateOnly), m.cpu, m.cores, m.goVersion, m.commit, m.load)
}

// valueOf returns the value of the first "name : value" line, or nothing.
func valueOf(text []byte, name string) string {
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if key, value, found := strings.Cut(lines.Text(), ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
