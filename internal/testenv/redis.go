package testenv

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis is a private redis-server on loopback that ends with its test. It keeps nothing on disk.
type Redis struct {
	Addr     string // 127.0.0.1:port
	password string
	trusted  *tls.Config // nil without TLS
	args     []string
	process  *process
	owner    testing.TB // whose end is the server's
}

// RedisOptions sets up a Redis.
type RedisOptions struct {
	Password string
	Pair     *KeyPair // serves TLS alone
	Args     []string // further options of redis-server
}

// StartRedis starts a Redis and waits until it answers.
func StartRedis(t testing.TB, o RedisOptions) *Redis {
	t.Helper()
	for range 5 { // a port that was spare may be taken by now
		r := newRedis(t, o)
		if err := r.start(); err == nil {
			return r
		} else if !errors.Is(err, errEnded) {
			t.Fatalf("waiting for redis-server: %v", err)
		}
	}
	t.Fatal("redis-server ends at once, five times")
	return nil
}

func newRedis(t testing.TB, o RedisOptions) *Redis {
	t.Helper()
	r := &Redis{Addr: spareAddress(t), password: o.Password, owner: t}
	_, port, err := net.SplitHostPort(r.Addr)
	if err != nil {
		t.Fatal(err)
	}
	r.args = []string{"--bind", "127.0.0.1", "--dir", t.TempDir(), "--save", "", "--appendonly", "no"}
	if o.Pair == nil {
		r.args = append(r.args, "--port", port)
	} else {
		r.trusted = &tls.Config{RootCAs: o.Pair.Pool, MinVersion: tls.VersionTLS12}
		r.args = append(r.args, "--port", "0", "--tls-port", port, "--tls-auth-clients", "no",
			"--tls-cert-file", o.Pair.CertFile, "--tls-key-file", o.Pair.KeyFile, "--tls-ca-cert-file", o.Pair.CertFile)
	}
	if o.Password != "" {
		r.args = append(r.args, "--requirepass", o.Password)
	}
	r.args = append(r.args, o.Args...)
	return r
}

func (r *Redis) start() error {
	r.process = startProcess(r.owner, "redis-server", r.args...)
	client := r.Client(r.owner)
	return r.process.poll(30*time.Second, func() error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		connection, err := new(net.Dialer).DialContext(ctx, "tcp", r.Addr) // the client writes lines about refused ones
		if err != nil {
			return err
		}
		return errors.Join(connection.Close(), client.Ping(ctx).Err())
	})
}

// URL returns how programs are told of the server.
func (r *Redis) URL() string {
	u := url.URL{Scheme: "redis", Host: r.Addr}
	if r.trusted != nil {
		u.Scheme = "rediss"
	}
	if r.password != "" {
		u.User = url.UserPassword("", r.password)
	}
	return u.String()
}

// Client returns a client of the server for the test's own use. It is closed with the test.
func (r *Redis) Client(t testing.TB) *redis.Client {
	t.Helper()
	c := redis.NewClient(&redis.Options{
		Addr: r.Addr, Password: r.password, TLSConfig: r.trusted, ContextTimeoutEnabled: true, DialerRetries: 1,
	})
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// Stop kills the server. What it held is lost.
func (r *Redis) Stop() { r.process.kill() }

// Start starts a stopped server again, on the same port and empty, and waits until it answers.
func (r *Redis) Start(t testing.TB) {
	t.Helper()
	if err := r.start(); err != nil {
		t.Fatalf("starting redis-server on %s again: %v\n%s", r.Addr, err, r.process.output.String())
	}
}

// Freeze stops the server in its tracks: connections stay open and nothing is answered.
func (r *Redis) Freeze(t testing.TB) {
	t.Helper()
	r.process.signal(t, syscall.SIGSTOP)
}

// Thaw lets a frozen server go on.
func (r *Redis) Thaw(t testing.TB) {
	t.Helper()
	r.process.signal(t, syscall.SIGCONT)
}

// StartRedisCluster starts a cluster of three servers that share all slots, and waits until each sees all of it.
func StartRedisCluster(t testing.TB) []*Redis {
	t.Helper()
	const nodes, slots = 3, 16384
	cluster := make([]*Redis, nodes)
	for i := range cluster {
		_, bus, err := net.SplitHostPort(spareAddress(t))
		if err != nil {
			t.Fatal(err)
		}
		cluster[i] = StartRedis(t, RedisOptions{Args: []string{
			"--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-port", bus, "--cluster-node-timeout", "2000",
		}})
		client := cluster[i].Client(t)
		if err := client.ClusterAddSlotsRange(t.Context(), i*slots/nodes, (i+1)*slots/nodes-1).Err(); err != nil {
			t.Fatal(err)
		}
		if err := client.Do(t.Context(), "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			continue
		}
		host, port, err := net.SplitHostPort(cluster[i].Addr)
		if err != nil {
			t.Fatal(err)
		}
		if err := cluster[0].Client(t).Do(t.Context(), "CLUSTER", "MEET", host, port, bus).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, node := range cluster {
		client := node.Client(t)
		node.process.await(t, "the cluster", func() error {
			info, err := client.ClusterInfo(t.Context()).Result()
			if err == nil && (!strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d", nodes))) {
				err = fmt.Errorf("not formed yet: %s", info)
			}
			return err
		})
	}
	return cluster
}

// Sentinel is a master with one replica, and a sentinel that makes the replica the master when the master fails.
type Sentinel struct {
	Addr            string // of the sentinel
	Name            string // of the master
	Master, Replica *Redis
}

// StartSentinel starts the three servers and waits until the replica follows and the sentinel knows it.
func StartSentinel(t testing.TB) *Sentinel {
	t.Helper()
	s := &Sentinel{Name: "verdicts", Master: StartRedis(t, RedisOptions{Args: []string{"--repl-diskless-sync-delay", "0"}})}
	host, port, err := net.SplitHostPort(s.Master.Addr)
	if err != nil {
		t.Fatal(err)
	}
	s.Replica = StartRedis(t, RedisOptions{Args: []string{"--replicaof", host + " " + port}})
	s.Replica.process.await(t, "the replica", func() error {
		info, err := s.Replica.Client(t).Info(t.Context(), "replication").Result()
		if err == nil && !strings.Contains(info, "master_link_status:up") {
			err = errors.New("not linked yet")
		}
		return err
	})
	s.startSentinel(t, host, port)
	return s
}

func (s *Sentinel) startSentinel(t testing.TB, host, port string) {
	t.Helper()
	s.Addr = spareAddress(t)
	_, own, err := net.SplitHostPort(s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("port %s\nbind 127.0.0.1\nsentinel monitor %s %s %s 1\nsentinel down-after-milliseconds %[2]s 500\nsentinel failover-timeout %[2]s 3000\n",
		own, s.Name, host, port)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startProcess(t, "redis-server", file, "--sentinel", "--dir", filepath.Dir(file))
	client := redis.NewSentinelClient(&redis.Options{Addr: s.Addr, DialerRetries: 1})
	t.Cleanup(func() { _ = client.Close() })
	p.await(t, "the sentinel", func() error {
		replicas, err := client.Replicas(t.Context(), s.Name).Result()
		if err == nil && (len(replicas) != 1 || replicas[0]["master-link-status"] != "ok") {
			err = errors.New("it does not know the replica yet")
		}
		return err
	})
}

// URL returns how programs are told of the sentinel.
func (s *Sentinel) URL() string { return "redis://" + s.Addr + "?master_name=" + s.Name }
