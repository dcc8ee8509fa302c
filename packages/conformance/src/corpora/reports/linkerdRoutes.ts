import {
  meshOfPod,
  MESHES,
  MeshSnapshot,
  PortRoutes,
  Reason,
  RouteRule,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { decidersOf, nameOf } from './words';
import { workloadNamed } from './workload';

/** A question about the routes that a client has for a port of a Service. */
export const serviceAskSchema = z.object({
  service: z.string(),
  port: z.number(),
  client: z.string(),
});

/** What the rules are, in words of cases. */
export function rulesOf(rules: readonly RouteRule[]) {
  return {
    rules: rules.map(({ name, reasons, backends }) => ({
      name,
      decider: decidersOf(reasons)[0]?.object ?? null,
      backends: backendsOf(backends),
    })),
    backends: backendsOf(rules[0]?.backends ?? []),
  };
}

function backendsOf(backends: RouteRule['backends']) {
  return backends.map(({ host, service: ref, subset, port, percent }) => ({
    service: ref ? `${ref.namespace}/${ref.name}` : host,
    host,
    subset: subset ?? null,
    port,
    weight: percent,
  }));
}

/** The rules for a port of a Service as a client has them, in words of cases. */
export function routesOfClient(
  snapshot: MeshSnapshot,
  { service, port, client }: z.infer<typeof serviceAskSchema>,
) {
  const found = portRoutes(snapshot, client, service, port);
  const [destination] = found.destinations;
  const [source] = found.routing.reasons;
  const names = found.rules.flatMap(
    ({ reasons }) => decidersOf(reasons)[0]?.object ?? [],
  );
  return {
    source: source?.object ? nameOf(source.object) : null,
    order: [...new Set(names)],
    unmatched: found.unmatched?.status ?? null,
    ...rulesOf(found.rules),
    // Without rules the Service gets it all.
    ...(found.rules.length === 0 && {
      backends: [{ service, port, subset: null, weight: 100 }],
    }),
    decider: decidersOf(found.routing.reasons),
    ignored: found.ignored.map(ignoredName),
    failureAccrual: destination?.outlierDetection ?? null,
  };
}

/** What a page shows of a port. */
export function portRoutes(
  ...asked: Parameters<typeof routesIfAny>
): PortRoutes {
  const found = routesIfAny(...asked);
  if (!found) {
    const [, client, service, port] = asked;
    throw new Error(`${client} has no routes for ${service}:${port}`);
  }
  return found;
}

/** Undefined where the client is in no mesh, or there is no such port. */
export function routesIfAny(
  snapshot: MeshSnapshot,
  client: string,
  qualified: string,
  port: number,
): PortRoutes | undefined {
  const { ref, pods } = workloadNamed(snapshot, client);
  const [namespace, name] = qualified.split('/');
  const service = snapshot.get('Service', namespace, name);
  const mesh = pods[0] && meshOfPod(snapshot, pods[0], MESHES).mesh;
  return (
    service &&
    mesh
      ?.routes(snapshot, service, {
        namespace: ref.namespace,
        workload: ref,
      })
      .ports.find(one => one.port === port)
  );
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
