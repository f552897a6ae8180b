package testenv

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// KeyPair is a self-signed certificate for 127.0.0.1 and its key.
type KeyPair struct {
	CertFile, KeyFile string // PEM
	Pool              *x509.CertPool
}

// NewKeyPair makes a pair, good for a day, and writes it to a folder.
func NewKeyPair(dir string) (*KeyPair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "test"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	for name, block := range map[string]*pem.Block{
		certName: {Type: "CERTIFICATE", Bytes: cert}, keyName: {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return nil, err
		}
	}
	return LoadKeyPair(dir)
}

// LoadKeyPair reads the pair that NewKeyPair wrote to a folder.
func LoadKeyPair(dir string) (*KeyPair, error) {
	pair := &KeyPair{CertFile: filepath.Join(dir, certName), KeyFile: filepath.Join(dir, keyName), Pool: x509.NewCertPool()}
	cert, err := os.ReadFile(pair.CertFile)
	if err != nil {
		return nil, err
	}
	pair.Pool.AppendCertsFromPEM(cert)
	return pair, nil
}

// The files of a pair in its folder.
const certName, keyName = "cert.pem", "key.pem"
