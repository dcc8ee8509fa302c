import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare } from '../age';
import { istiods } from '../controlPlane';
import { REVISION_LABEL } from '../revisions';

export const TAG_LABEL = 'istio.io/tag';

/** A tag that a Service is kept for. */
export interface ServiceTag {
  name: string;
  revision: string;
  service: Service;
}

const tagIndex = defineIndex(['Service'], ({ objects }) =>
  objects('Service')
    .flatMap((service): ServiceTag[] => {
      const { [TAG_LABEL]: name, [REVISION_LABEL]: revision } =
        service.metadata.labels;
      return name && revision ? [{ name, revision, service }] : [];
    })
    .sort((a, b) => compare(a.name, b.name)),
);

/**
 * The tags that Istio from 1.28 keeps as Services beside istiod, for gateways and waypoints that ask for a revision by
 * them: each istiod looks in its own namespace. Sidecars are not injected by such a tag alone: the API server asks
 * webhooks, and a Service has none.
 *
 * Upstream: pkg/revisions/tag_watcher.go; manifests/charts/istio-control/istio-discovery/templates/revision-tags-svc.yaml.
 */
export function serviceTags(snapshot: MeshSnapshot): ServiceTag[] {
  const namespaces = new Set(istiods(snapshot).map(namespaceOf));
  return [...namespaces].flatMap(namespace => tagIndex(snapshot, namespace));
}
