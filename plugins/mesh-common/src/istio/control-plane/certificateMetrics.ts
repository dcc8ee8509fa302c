import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { unknownCertificate } from '../../mesh/control-plane/certificates';
import { About, notKnown } from '../../mesh/control-plane/facts';
import {
  EXPORTER_LABELS,
  Exporter,
  exporterOf,
  metricCertificate,
  Sighting,
} from '../../mesh/control-plane/metricCertificate';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { areEqual, minBy, selector } from '../../traffic/promql';
import { QueryScope, Sample, TrafficQuery } from '../../traffic/query';
import { istiods } from '../controlPlane';
import { REVISION_LABEL } from '../revisions';
import { ISSUER, ROOT } from './certificates';

const ROOT_METRIC = 'citadel_server_root_cert_expiry_timestamp';
const CHAIN_METRIC = 'citadel_server_cert_chain_expiry_timestamp';
const RULE = 'certificate-metric';

/**
 * Until when the root and the issuer are good, as each istiod says that is an authority: the first certificate of its
 * roots, and the first of its chain, which is what it signs with. An authority that is its own root, as istiod makes
 * one where none is plugged in, has no chain and exports none; where its root is measured, that is its issuer.
 *
 * Upstream: security/pkg/server/ca/server.go `RecordCertsExpiry`, security/pkg/pki/util/keycertbundle.go.
 */
export function certificateExpiry(
  snapshot: MeshSnapshot,
  { matchers }: QueryScope,
): TrafficQuery<ControlPlaneCertificate[]> {
  const about: About = { snapshot, mesh: 'istio' };
  const earliest = (metric: string) =>
    minBy(EXPORTER_LABELS, selector(metric, areEqual(matchers)));
  return {
    expressions: { root: earliest(ROOT_METRIC), chain: earliest(CHAIN_METRIC) },
    read: ({ root = [], chain = [] }) => {
      const roots = sightings(snapshot, ROOT_METRIC, root);
      return [
        roots.length > 0
          ? metricCertificate(about, ROOT, roots)
          : notExported(about, ROOT, ROOT_METRIC),
        issuer(about, roots, sightings(snapshot, CHAIN_METRIC, chain)),
      ];
    },
  };
}

function issuer(
  about: About,
  roots: readonly Sighting[],
  chains: readonly Sighting[],
): ControlPlaneCertificate {
  const chained = new Set(chains.map(({ exporter }) => exporter.name));
  const ownRoots = roots.filter(({ exporter }) => !chained.has(exporter.name));
  if (chains.length + ownRoots.length === 0) {
    return notExported(about, ISSUER, CHAIN_METRIC);
  }
  const certificate = metricCertificate(about, ISSUER, [
    ...chains,
    ...ownRoots,
  ]);
  const { validity } = certificate;
  return ownRoots.length === 0
    ? certificate
    : {
        ...certificate,
        validity: {
          ...validity,
          reasons: [
            ...validity.reasons,
            {
              rule: `istio/control-plane/${RULE}`,
              text: `Where istiod exports no ${CHAIN_METRIC}, it signs with the root itself`,
            },
          ],
        },
      };
}

function notExported(
  about: About,
  subject: typeof ROOT,
  metric: string,
): ControlPlaneCertificate {
  return unknownCertificate(
    subject,
    notKnown(
      about,
      RULE,
      'not-measured',
      `The store has no ${metric}: istiod (port 15014) is not scraped, or another authority than istiod signs`,
    ),
  );
}

function sightings(
  snapshot: MeshSnapshot,
  metric: string,
  samples: readonly Sample[],
): Sighting[] {
  const pods = [...new Set(istiods(snapshot).map(namespaceOf))].flatMap(
    namespace => podsWithLabels(snapshot, namespace, { app: 'istiod' }),
  );
  return samples.map(sample => ({
    exporter: withRevision(exporterOf(sample, pods)),
    metric,
    end: sample.value,
  }));
}

function withRevision(exporter: Exporter): Exporter {
  const revision = exporter.pod?.metadata.labels[REVISION_LABEL];
  return revision
    ? { ...exporter, name: `${exporter.name} (revision ${revision})` }
    : exporter;
}
