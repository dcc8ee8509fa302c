import {
  meshOfPod,
  MESHES,
  MeshSnapshot,
  PortRoutes,
  Reason,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { nameOf } from './words';
import { workloadNamed } from './workload';

/** A question about the routes that a client has for a port of a Service. */
export const serviceAskSchema = z.object({
  service: z.string(),
  port: z.number(),
  client: z.string(),
});

/** The rules for a port of a Service as a client has them, in words of cases. */
export function routesOfClient(
  snapshot: MeshSnapshot,
  { service, port, client }: z.infer<typeof serviceAskSchema>,
) {
  const found = portRoutes(snapshot, client, service, port);
  const [destination] = found.destinations;
  const [rule] = found.rules;
  const [source] = found.routing.reasons;
  return {
    source: source?.object && nameOf(source.object),
    backends: (rule?.backends ?? []).map(({ service: ref, percent }) => ({
      service: ref && `${ref.namespace}/${ref.name}`,
      weight: percent,
    })),
    ignored: found.ignored.map(ignoredName),
    failureAccrual: destination?.outlierDetection ?? null,
  };
}

/** What a page shows of a port. */
export function portRoutes(
  snapshot: MeshSnapshot,
  client: string,
  qualified: string,
  port: number,
): PortRoutes {
  const { ref, pods } = workloadNamed(snapshot, client);
  const [namespace, name] = qualified.split('/');
  const service = snapshot.get('Service', namespace, name);
  const mesh = pods[0] && meshOfPod(snapshot, pods[0], MESHES).mesh;
  const found =
    service &&
    mesh
      ?.routes(snapshot, service, {
        namespace: ref.namespace,
        workload: ref,
      })
      .ports.find(one => one.port === port);
  if (!found) {
    throw new Error(`${client} has no routes for ${qualified}:${port}`);
  }
  return found;
}

const ANNOTATION = 'metadata.annotations.';

function ignoredName({ object, field = '', text }: Reason): string {
  if (!object) {
    return text;
  }
  return field.startsWith(ANNOTATION)
    ? `${nameOf(object)} annotation ${field.slice(ANNOTATION.length)}`
    : nameOf(object);
}
