package cli

import "runtime/debug"

// version is the release of the program. Verdicts carry it as their engine.
const version = "0.1.0"

// Build tells how the program was built.
type Build struct {
	Commit string `json:"commit"` // empty when the sources were not in a repository
	Dirty  bool   `json:"dirty"`  // built with changes that were not committed
	Go     string `json:"go"`
}

// ReadBuild reads what the Go toolchain wrote into the program.
func ReadBuild() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Build{}
	}
	build := Build{Go: info.GoVersion}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			build.Commit = setting.Value
		case "vcs.modified":
			build.Dirty = setting.Value == "true"
		}
	}
	return build
}
