import { App } from '../layout';

/** Where the control plane is. */
export const ROOT_NAMESPACE = 'linkerd';

export const LINKERD_VERSION = 'edge-26.8.2';
export const PROXY_IMAGE = `cr.l5d.io/linkerd/proxy:${LINKERD_VERSION}`;
export const INIT_IMAGE = 'cr.l5d.io/linkerd/proxy-init:v2.4.3';

/** The name that a proxy proves to be with its certificate. */
export function identityOf({ namespace, name }: App): string {
  return `${name}.${namespace}.serviceaccount.identity.${ROOT_NAMESPACE}.cluster.local`;
}

/** A root of trust, made for fleets; nobody has its key. */
export const TRUST_ROOTS = `-----BEGIN CERTIFICATE-----
MIIBsjCCAVegAwIBAgIUHN8nybyXN3Jsuq+M8LRHqnx1akAwCgYIKoZIzj0EAwIw
JTEjMCEGA1UEAwwacm9vdC5saW5rZXJkLmNsdXN0ZXIubG9jYWwwIBcNMjYxMTI2
MTI0NDM4WhgPMjEyNjExMDIxMjQ0MzhaMCUxIzAhBgNVBAMMGnJvb3QubGlua2Vy
ZC5jbHVzdGVyLmxvY2FsMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXBTveLOx
XoVSROYmDquy6KyZyh1+HAHfvrDaKCMLsdPKIJnC2+NWlCkv6Chaggs6xe/RIUfO
llEQTxDinnjJmaNjMGEwHQYDVR0OBBYEFJLc2l0cdU2MhpVj9bFVL+8+jmYaMB8G
A1UdIwQYMBaAFJLc2l0cdU2MhpVj9bFVL+8+jmYaMA8GA1UdEwEB/wQFMAMBAf8w
DgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0kAMEYCIQCyi2zCcEnYKFBrSGQc
izC8wXuTYzAKMdWg1hUO11MKYQIhAIaNrarRlhRkHrstHgL8ZxeU3nwq/tQM4M2O
vyp2kBKH
-----END CERTIFICATE-----
`;
