import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { unknownCertificate } from '../../mesh/control-plane/certificates';
import { About, notKnown } from '../../mesh/control-plane/facts';
import {
  EXPORTER_LABELS,
  exporterOf,
  metricCertificate,
} from '../../mesh/control-plane/metricCertificate';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import {
  areEqual,
  endOfCountdown,
  isOneOf,
  minBy,
  selector,
} from '../../traffic/promql';
import { QueryScope, TrafficQuery } from '../../traffic/query';
import { controlPlaneConfig } from '../controlPlaneConfig';
import { ISSUER } from './certificates';

const IDENTITY = { 'linkerd.io/control-plane-component': 'identity' };

const METRIC = 'issuer_cert_ttl_seconds';

/**
 * Until when the issuer is good, as each identity controller says that has loaded it: it counts the seconds down that
 * are left, below zero once it has expired. Of the trust anchors there is no metric. A scraper that tells namespaces
 * tells that of the control plane, as another program may have a metric of this name.
 *
 * Upstream: pkg/identity/service.go (`issuer_cert_ttl_seconds`, since edge-25.2.1), served on the admin port 9990.
 */
export function certificateExpiry(
  snapshot: MeshSnapshot,
  { matchers }: QueryScope,
): TrafficQuery<ControlPlaneCertificate[]> {
  const about: About = { snapshot, mesh: 'linkerd' };
  const read = controlPlaneConfig(snapshot);
  if (read.state !== 'read') {
    return { expressions: {}, read: () => [] };
  }
  const { namespace } = read.config;
  const series = selector(METRIC, [
    ...areEqual(matchers),
    isOneOf('namespace', ['', namespace]),
  ]);
  return {
    expressions: { issuer: minBy(EXPORTER_LABELS, endOfCountdown(series)) },
    read: ({ issuer = [] }) => [
      issuer.length > 0
        ? metricCertificate(
            about,
            ISSUER,
            issuer.map(sample => ({
              exporter: exporterOf(
                sample,
                podsWithLabels(snapshot, namespace, IDENTITY),
              ),
              metric: METRIC,
              end: sample.value,
            })),
          )
        : unknownCertificate(
            ISSUER,
            notKnown(
              about,
              'certificate-metric',
              'not-measured',
              `The store has no ${METRIC}: the identity controller (port 9990) is not scraped, or older than edge-25.2.1`,
            ),
          ),
    ],
  };
}
