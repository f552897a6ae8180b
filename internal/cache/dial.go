package cache

import (
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/interdict/interdict/internal/config"
)

// The forms of a Redis URL. A fault in one is answered with its form and never quoted: it may carry a password.
const (
	singleForm   = "redis[s]://[[user]:password@]host[:port][/database]"
	clusterForm  = "redis[s]://[[user]:password@]host[:port][?addr=host:port&addr=...]"
	sentinelForm = "redis[s]://[[user]:password@]sentinel[:port][/database]?master_name=name[&addr=sentinel:port&sentinel_password=...]"
)

// dial returns a client of the Redis that a URL leads to. It connects when it is first used; a URL that cannot be read
// is the one error. The client gives up at the deadline of a call and tries nothing twice: the cache does without Redis
// sooner than wait for it.
func dial(url string, mode config.Redis) (redis.UniversalClient, error) {
	logging.Disable() // the library's own lines would tell of every connection that fails; the tier tells of changes
	switch mode {
	case config.RedisSingle, "":
		o, err := redis.ParseURL(url)
		if err != nil {
			return nil, malformed(mode, singleForm)
		}
		o.ContextTimeoutEnabled, o.DialTimeout, o.DialerRetries, o.MaxRetries = true, dialTimeout, 1, -1
		o.DisableIdentity, o.MaintNotificationsConfig = true, noNotifications()
		return redis.NewClient(o), nil
	case config.RedisCluster:
		o, err := redis.ParseClusterURL(url)
		if err != nil {
			return nil, malformed(mode, clusterForm)
		}
		o.ContextTimeoutEnabled, o.DialTimeout, o.DialerRetries, o.MaxRetries = true, dialTimeout, 1, -1
		o.DisableIdentity, o.MaintNotificationsConfig = true, noNotifications()
		return redis.NewClusterClient(o), nil
	case config.RedisSentinel:
		o, err := redis.ParseFailoverURL(url)
		if err != nil || o.MasterName == "" {
			return nil, malformed(mode, sentinelForm)
		}
		o.ContextTimeoutEnabled, o.DialTimeout, o.DialerRetries, o.MaxRetries = true, dialTimeout, 1, -1
		o.DisableIdentity = true
		return redis.NewFailoverClient(o), nil
	default:
		return nil, fmt.Errorf("redis mode %q: want %s, %s or %s", mode, config.RedisSingle, config.RedisCluster, config.RedisSentinel)
	}
}

const dialTimeout = 250 * time.Millisecond

// noNotifications leaves out a handshake that only hosted servers answer.
func noNotifications() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

func malformed(mode config.Redis, form string) error {
	return fmt.Errorf("redis URL, mode %s: cannot be read; want %s, with %%-escapes for what is special in a password", mode, form)
}
