import {
  ClusterMesh,
  ControlPlaneCertificate,
  DEFAULT_OBSERVATION_WINDOW,
  MeshAdapter,
} from 'backstage-plugin-mesh-common';
import { Measurement, MetricsStores } from '../prometheus/MetricsStores';
import { ClusterPicture } from './AnswerStore';

/**
 * What the metrics of a mesh on a cluster tell of its certificates. Undefined where nobody is asked: its metrics do not
 * tell, or no control plane of it is here that would be scraped.
 */
export async function measuredCertificates(
  metrics: MetricsStores,
  { name, snapshot }: Pick<ClusterPicture, 'name' | 'snapshot'>,
  adapter: MeshAdapter,
  found: ClusterMesh | undefined,
): Promise<Measurement<ControlPlaneCertificate[]> | undefined> {
  const expiry = adapter.certificateExpiry?.bind(adapter);
  return expiry && found?.certificates?.length
    ? metrics.measure(name, DEFAULT_OBSERVATION_WINDOW, scope =>
        expiry(snapshot, scope),
      )
    : undefined;
}
