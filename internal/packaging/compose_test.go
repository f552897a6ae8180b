package packaging

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/internal/testenv"
)

// service is what the tests need of a service in a compose file.
type service struct {
	Environment map[string]string `yaml:"environment"`
	Command     []string          `yaml:"command"`
	Ports       []string          `yaml:"ports"`
	User        string            `yaml:"user"`
	ReadOnly    bool              `yaml:"read_only"`
	CapDrop     []string          `yaml:"cap_drop"`
	SecurityOpt []string          `yaml:"security_opt"`
	MemLimit    string            `yaml:"mem_limit"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

func composeFile(t *testing.T) map[string]service {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(testenv.Root(t), "compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]service `yaml:"services"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Services
}

var placeholder = regexp.MustCompile(`\$\{(\w+)(:[-?])?([^}]*)\}|\$\$`)

// substituted fills in a value as compose does: ${NAME}, ${NAME:-default}, ${NAME:?what to do}, $$ for a dollar.
func substituted(value string, vars map[string]string) (string, error) {
	var faults []error
	out := placeholder.ReplaceAllStringFunc(value, func(found string) string {
		if found == "$$" {
			return "$"
		}
		parts := placeholder.FindStringSubmatch(found)
		got := vars[parts[1]]
		switch {
		case got != "":
		case parts[2] == ":-":
			got = parts[3]
		default:
			faults = append(faults, fmt.Errorf("%s: %s", parts[1], parts[3]))
		}
		return got
	})
	return out, errors.Join(faults...)
}

func TestComposeIsHardened(t *testing.T) {
	services := composeFile(t)
	for name, s := range services {
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") || s.MemLimit == "" {
			t.Errorf("%s: got %+v, want a read-only root, no capability, no new privileges and a limit of memory", name, s)
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s: port %s is open to other machines", name, port)
			}
		}
	}
	redis := services["redis"]
	if command := strings.Join(redis.Command, " "); !strings.Contains(command, "--maxmemory-policy allkeys-lru") || !strings.Contains(command, "--requirepass") {
		t.Errorf("redis: got %q, want a password and allkeys-lru", command)
	}
	if redis.User == "" || strings.HasPrefix(redis.User, "0") || len(redis.Ports) > 0 || len(redis.Healthcheck.Test) == 0 {
		t.Errorf("redis: got user %q, ports %v, health check %v, want another user than root, none and one", redis.User, redis.Ports, redis.Healthcheck.Test)
	}
	for _, secret := range []string{"INTERDICT_API_KEY", "INTERDICT_REDIS_URL"} {
		if _, err := substituted(services["interdict"].Environment[secret], nil); err == nil {
			t.Errorf("%s has a value of its own: an installation that sets none would share it with all others", secret)
		}
	}
}

// TestComposeServes starts the program with the environment that compose.yaml gives it, on an address of this machine
// that is not loopback, with a Redis in the place of the service's.
func TestComposeServes(t *testing.T) {
	host := ownAddress(t)
	redis := testenv.StartRedis(t, testenv.RedisOptions{Password: "between-the-two"})
	const key = "the-key-of-this-test"
	binary := filepath.Join(t.TempDir(), "interdict")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".")
	build.Dir = testenv.Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var env []string
	for name, value := range composeFile(t)["interdict"].Environment {
		got, err := substituted(value, map[string]string{"INTERDICT_API_KEY": key, "REDIS_PASSWORD": "between-the-two"})
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.ReplaceAll(got, "@redis:6379", "@"+redis.Addr))
	}
	t.Run("not without the key", func(t *testing.T) {
		others := slices.DeleteFunc(slices.Clone(env), func(e string) bool { return strings.HasPrefix(e, "INTERDICT_API_KEY=") })
		out, err := start(t.Context(), binary, host, others).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "INTERDICT_API_KEY") {
			t.Errorf("got %v and %q, want a failure that names INTERDICT_API_KEY", err, out)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server := start(ctx, binary, host, env)
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(stderr)
	first, err := said.ReadString('\n')
	address := regexp.MustCompile(`http://[^/]+`).FindString(first)
	if err != nil || !strings.HasPrefix(address, "http://"+net.JoinHostPort(host, "")) {
		t.Fatalf("it said %q (%v), want an address on %s", first, err, host)
	}
	rest := make(chan string, 1)
	go func() {
		text, _ := io.ReadAll(said)
		rest <- string(text)
	}()
	for _, tt := range []struct {
		name, key string
		want      int
	}{
		{"without a key", "", http.StatusUnauthorized},
		{"with another key", "another", http.StatusUnauthorized},
		{"with the key", key, http.StatusOK},
	} {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/v1/screen/vendor", strings.NewReader(`{"name":"Kaspersky Lab"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		if tt.key != "" {
			request.Header.Set("Authorization", "Bearer "+tt.key)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != tt.want {
			t.Errorf("%s: got %s %s, want %d", tt.name, response.Status, answer, tt.want)
		}
	}
	if response, err := http.Get(address + "/readyz"); err != nil {
		t.Error(err)
	} else {
		answer, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if !strings.Contains(string(answer), `"cache":"ok"`) {
			t.Errorf("/readyz: got %s, want a cache that is ok", answer)
		}
	}
	cancel()
	log := <-rest
	_ = server.Wait() // ended by the signal of cancel
	if !strings.Contains(log, `"msg":"draining"`) || strings.Contains(log, key) || strings.Contains(log, "between-the-two") || strings.Contains(log, "Kaspersky") {
		t.Errorf("the log lacks the drain or has a secret: %s", log)
	}
	if keys, err := redis.Client(t).DBSize(context.WithoutCancel(ctx)).Result(); err != nil || keys == 0 {
		t.Errorf("Redis holds %d keys (%v) after a screening, want some", keys, err)
	}
}

// start makes the command of the service with nothing in its environment but what is given.
func start(ctx context.Context, binary, host string, env []string) *exec.Cmd {
	command := exec.CommandContext(ctx, binary, "serve", "--listen", net.JoinHostPort(host, "0"))
	command.Env, command.Dir = env, filepath.Dir(binary)
	return command
}

// ownAddress returns an IPv4 address of this machine that other machines may reach.
func ownAddress(t *testing.T) string {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if network, ok := a.(*net.IPNet); ok && network.IP.To4() != nil && network.IP.IsGlobalUnicast() {
			return network.IP.String()
		}
	}
	testenv.Lacking(t, "a network address besides loopback")
	return ""
}
