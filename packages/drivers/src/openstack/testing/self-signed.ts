/**
 * A self-signed certificate for 127.0.0.1, valid until 2126. It protects nothing: the key is public, and only tests
 * that want a certificate to be refused use it.
 */
export const selfSignedCertificate = `-----BEGIN CERTIFICATE-----
MIIBmTCCAT+gAwIBAgIUf9JxXkLRtZzT9gBi6W4QPDCmzhgwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIbG9vcGJhY2swIBcNMjYxMTIyMDcyMTE1WhgPMjEyNjEwMjkw
NzIxMTVaMBMxETAPBgNVBAMMCGxvb3BiYWNrMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAENbanojdNGb5EVvgLQVcTZPDZngob9Z60nfteNIrodBe0LspfwqFslvq+
wlkj0RapPvi4jY5KKfCXJlM9LsuA2qNvMG0wHQYDVR0OBBYEFAEm4Nxp52CBROB2
CWIqtzNr45agMB8GA1UdIwQYMBaAFAEm4Nxp52CBROB2CWIqtzNr45agMA8GA1Ud
EwEB/wQFMAMBAf8wGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MAoGCCqGSM49
BAMCA0gAMEUCIQC6VBJsefK5tyA2xyhmV+6iLU7GGcjzXAjUywUqC715bQIgb6B/
CaRfnbcv/dVM1PnEt93uKXZSG+QbE/uFpuzcxvM=
-----END CERTIFICATE-----
`

export const selfSignedKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYIQoLyj9iYkZcyIF
/bsPL4sL/REACViqO/QvKBj+Ah6hRANCAAQ1tqeiN00ZvkRW+AtBVxNk8NmeChv1
nrSd+140iuh0F7Quyl/CoWyW+r7CWSPRFqk++LiNjkop8JcmUz0uy4Da
-----END PRIVATE KEY-----
`
