// Package config gives the settings of the program. One struct is at once the command line's flags, the INTERDICT_
// variables and the keys of the configuration file; a flag wins over a variable, a variable over the file, the file
// over the default. A name that nobody knows is refused wherever it stands, and all faults are reported together.
//
// The package reads no environment: main hands it in.
package config

import (
	"errors"
	"fmt"
	"time"
)

// Settings are the settings of the program, each with its flag, default and help. As a variable a setting is
// INTERDICT_ and its name in capitals (--cache-ttl: INTERDICT_CACHE_TTL), in a file its name with underscores
// (cache_ttl). Values are checked as they are read; Check checks what only shows between them.
//
// A setting in the group later is known so that one deployment file serves every release; it changes nothing yet.
type Settings struct {
	Listen         Address  `name:"listen" group:"serving" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to serve on; other than loopback only with an API key."`
	APIKey         Secret   `name:"api-key" group:"serving" placeholder:"KEY" help:"Key that callers send as a bearer token, with all scopes. Better as a variable: a command line shows in process lists."`
	Rate           Count    `name:"rate" group:"serving" default:"0" placeholder:"N" help:"Requests a second for one key, or for one address where no key is set; 0 sets no limit."`
	TrustedProxies Networks `name:"trusted-proxies" group:"serving" placeholder:"CIDR,..." help:"Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."`
	Log            Level    `name:"log" group:"serving" default:"info" placeholder:"LEVEL" help:"What to log: debug, info, warn or error."`
	MetricsListen  Address  `name:"metrics-listen" group:"serving" placeholder:"HOST:PORT" help:"Own address for /metrics, where no key is asked for; else it is beside the API, behind the key."`
	Pprof          Address  `name:"pprof" group:"serving" placeholder:"HOST:PORT" help:"Loopback address for the runtime's profiles; none when empty."`

	OperatorCountry Country  `name:"operator-country" group:"screening" default:"US" placeholder:"CC" help:"Country of the side of a deal that a document leaves out."`
	DataDir         Path     `name:"data-dir" group:"screening" default:"./var" placeholder:"DIR" help:"Folder of what is kept: mapping files for your own shop's JSON in its folder mappings, imported lists in lists; in a later release the database and the signing key."`
	ListsRefresh    Refresh  `name:"lists-refresh" group:"screening" default:"off" placeholder:"TIME" help:"How often the imported lists are fetched anew, or off."`
	ListsMaxAge     Duration `name:"lists-max-age" group:"screening" default:"0" placeholder:"TIME" help:"Age from which an imported list makes every verdict review; 0 is never."`

	CacheEntries Count    `name:"cache-entries" group:"cache" default:"100000" placeholder:"N" help:"Assessments kept in the process; 0 keeps none."`
	RedisURL     Secret   `name:"redis-url" group:"cache" placeholder:"URL" help:"Redis that instances share (redis://... or rediss://...)."`
	RedisMode    Redis    `name:"redis-mode" group:"cache" default:"single" placeholder:"MODE" help:"What the URL leads to: single, cluster or sentinel."`
	CacheTTL     Duration `name:"cache-ttl" group:"cache" default:"24h" placeholder:"TIME" help:"Life of an assessment in Redis, a second or more."`

	DatabaseURL    Secret   `name:"database-url" group:"later" placeholder:"URL" help:"PostgreSQL (postgres://...) instead of the embedded SQLite."`
	SigningKeyFile Path     `name:"signing-key-file" group:"later" placeholder:"FILE" help:"Key that signs receipts; signing.key in the data folder when empty."`
	Evidence       Evidence `name:"evidence" group:"later" default:"sync" placeholder:"MODE" help:"Record each screening before it is answered: sync, or off."`
	Workers        Workers  `name:"workers" group:"later" default:"cores" placeholder:"N" help:"Batch workers inside serve: a number, or cores for one each; 0 leaves batches to other processes."`
	Retention      Duration `name:"retention" group:"later" default:"10y" placeholder:"TIME" help:"How long records are kept."`
}

// Check checks what only shows between settings and returns every fault, joined.
func (s Settings) Check() error {
	var faults []error
	if s.Listen != (Address{}) && !s.Listen.Loopback() && s.APIKey.Empty() {
		faults = append(faults, fmt.Errorf("listen %s: other machines can reach this address, so it needs a key: set INTERDICT_API_KEY, or listen on 127.0.0.1", s.Listen))
	}
	if s.Pprof != (Address{}) && !s.Pprof.Loopback() {
		faults = append(faults, fmt.Errorf("pprof %s: profiles show the program's insides, so no other machine may reach them: want a loopback address such as 127.0.0.1:6060", s.Pprof))
	}
	if !s.RedisURL.Empty() && time.Duration(s.CacheTTL) < time.Second {
		faults = append(faults, fmt.Errorf("cache_ttl %s: an assessment lives a second or more in Redis", time.Duration(s.CacheTTL)))
	}
	if !s.DatabaseURL.Empty() && s.SigningKeyFile == "" {
		faults = append(faults, errors.New("database_url: instances that share a database must share their signing key: set INTERDICT_SIGNING_KEY_FILE"))
	}
	if err := checkURL(s.DatabaseURL, "postgres", "postgresql"); err != nil {
		faults = append(faults, fmt.Errorf("database_url: %w", err))
	}
	if err := checkURL(s.RedisURL, "redis", "rediss", "unix"); err != nil {
		faults = append(faults, fmt.Errorf("redis_url: %w", err))
	}
	return errors.Join(faults...)
}
