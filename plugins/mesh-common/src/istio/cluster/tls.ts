import { Cause, Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiodSetting } from '../controlPlane';
import { ClientTls } from '../objects';
import { OWN_CERTIFICATE } from '../pods';
import { deciderOf, Written, writtenReason } from '../trafficPolicy';
import { autoMtlsOff } from './autoMtls';
import { credentialGiven } from './credential';
import { ClusterClient, ClusterTarget } from './target';

const RULE = 'istio/client-tls';

/**
 * What kind of connection a proxy opens to the endpoints of a cluster.
 *
 * @public
 */
export interface ClusterTls {
  /** auto-mtls: mutual TLS to the endpoints that take it, plaintext to the others. */
  mode: 'auto-mtls' | NonNullable<ClientTls['mode']> | 'unknown';
  cause?: Cause;
  /** Mutual TLS with a certificate of the proxy's own, from files, in place of the mesh's. */
  ownCertificate?: boolean;
  /** A DestinationRule says so. */
  isWritten: boolean;
  /** No connection comes about: what the server would be checked by is never given to the proxy. */
  fails?: boolean;
  /** Server name that is asked for, where it is written. */
  sni?: string;
  /** Names of which the certificate must have one, where they are written. */
  sans?: readonly string[];
  reasons: Reason[];
}

const PREFERS_WRITTEN = 'PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES';

const MUTUAL: ReadonlySet<ClusterTls['mode']> = new Set([
  'auto-mtls',
  'ISTIO_MUTUAL',
  'MUTUAL',
]);

/**
 * The TLS of a cluster: what the DestinationRule says; else mutual TLS by itself, by endpoint, where the mesh and
 * the service allow it. Where the client picks the endpoint, it is mutual TLS to all of them. A proxy that has a
 * certificate of its own uses it for mutual TLS of either kind, but not with a service outside the mesh, of which the
 * DestinationRule alone says what it takes (unless istiod is told otherwise).
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamTLSSettings`, `applyUpstreamTLSSettings`.
 */
export function clusterTls(
  snapshot: MeshSnapshot,
  target: ClusterTarget,
  written: Written<ClientTls> | undefined,
  client: ClusterClient,
  balancing: {
    /** The client picks the endpoint. */
    original: boolean;
    /** Because the DestinationRule says so. */
    passthrough: boolean;
  },
): ClusterTls {
  const tls = meshTls(snapshot, target, written, client, balancing);
  const asWritten =
    written !== undefined &&
    target.service?.external === true &&
    istiodSetting(snapshot, PREFERS_WRITTEN) !== 'false';
  return client.ownCertificate && !asWritten && MUTUAL.has(tls.mode)
    ? {
        ...tls,
        ownCertificate: true,
        reasons: [
          ...tls.reasons,
          {
            rule: RULE,
            text: `The client's proxy has a certificate of its own (${OWN_CERTIFICATE}) and presents that one, not the mesh's`,
          },
        ],
      }
    : tls;
}

function meshTls(
  snapshot: MeshSnapshot,
  { service, host, port, rule }: ClusterTarget,
  written: Written<ClientTls> | undefined,
  client: ClusterClient,
  balancing: { original: boolean; passthrough: boolean },
): ClusterTls {
  if (written) {
    return writtenTls(snapshot, written, client, {
      hasSelector: rule?.rule.spec?.workloadSelector !== undefined,
      entrySans: service?.entry?.spec?.subjectAltNames ?? [],
    });
  }
  const off =
    service && autoMtlsOff(snapshot, service, port, client.config, balancing);
  if (off) {
    const { value, cause, reasons } = off;
    return {
      mode: value === 'unknown' ? 'unknown' : 'DISABLE',
      ...(cause && { cause }),
      isWritten: false,
      reasons,
    };
  }
  return {
    mode: balancing.original ? 'ISTIO_MUTUAL' : 'auto-mtls',
    isWritten: false,
    reasons: [
      {
        rule: RULE,
        text: balancing.original
          ? `No DestinationRule sets a TLS mode for ${host}, whose endpoint the client picks; all endpoints take mutual TLS, so auto mTLS uses it for each`
          : `No DestinationRule sets a TLS mode for ${host}: auto mTLS decides for each endpoint`,
      },
    ],
  };
}

/**
 * TLS as a rule, or a BackendTLSPolicy, says. Of a ServiceEntry's host the entry's `subjectAltNames` count where the
 * rule has none.
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamClusterTLSContext`, `constructUpstreamTLS`.
 */
function writtenTls(
  snapshot: MeshSnapshot,
  written: Written<ClientTls>,
  { proxy }: ClusterClient,
  of: { hasSelector: boolean; entrySans: readonly string[] },
): ClusterTls {
  const { mode = 'DISABLE', ...tls } = written.value;
  const says = `The ${deciderOf(written)} sets ${mode}`;
  const because = (text: string) => [writtenReason(snapshot, written, text)];
  if (mode === 'DISABLE' || mode === 'ISTIO_MUTUAL') {
    return {
      mode,
      isWritten: true,
      ...(mode === 'ISTIO_MUTUAL' && tls.sni && { sni: tls.sni }),
      reasons: because(says),
    };
  }
  const given = credentialGiven(snapshot, written, proxy, of.hasSelector);
  const reasons = because(`${says}${given.text}`);
  if (given.value === 'plaintext') {
    return { mode: 'DISABLE', isWritten: true, reasons };
  }
  if (given.value === 'unknown') {
    return { mode: 'unknown', cause: 'not-modelled', isWritten: true, reasons };
  }
  const sans = tls.subjectAltNames?.length ? tls.subjectAltNames : of.entrySans;
  return {
    mode,
    isWritten: true,
    ...(given.value === 'never' && { fails: true }),
    ...(tls.sni && { sni: tls.sni }),
    ...(sans.length > 0 && !tls.insecureSkipVerify && { sans }),
    reasons,
  };
}
