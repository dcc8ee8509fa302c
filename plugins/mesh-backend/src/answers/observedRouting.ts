import {
  MeshAdapter,
  observedRoutes,
  ObservedRoutes,
  ObservedRoutingAnswer,
  ServiceRef,
  ServiceRoutes,
  ServiceTraffic,
  WorkloadRef,
  findWorkload,
} from 'backstage-plugin-mesh-common';
import { Measurement } from '../prometheus/MetricsStores';
import { EntityPart } from './AnswerStore';
import { AnswerContext, EntityQuestion, partsOf } from './context';
import { byClusterAndMesh, measuredAt } from './observation';
import { defaultRoutes } from './routing';
import { shownAs, visibilityOf } from './visibility';

type Measured = Measurement<ServiceTraffic[]>;

interface Observed {
  routes: ServiceRoutes;
  part: EntityPart;
  measured: Measured;
}

/** Where the requests to the Services of an entity went. */
export async function observedRoutingAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  windowSeconds: number,
): Promise<ObservedRoutingAnswer> {
  const parts = partsOf(context, question);
  const observed = await observe(context, parts, windowSeconds);
  const services = observed.map(answerOf);
  return {
    entityRef: question.entity.ref,
    measuredAt: measuredAt(observed.map(({ measured }) => measured)),
    windowSeconds,
    services: await withVisibleCallers(context, question, services),
  };
}

async function observe(
  context: AnswerContext,
  parts: readonly EntityPart[],
  windowSeconds: number,
): Promise<Observed[]> {
  const groups = byClusterAndMesh(
    defaultRoutes(parts),
    ({ service, mesh }) => ({ cluster: service.cluster, mesh }),
  );
  const measured = await Promise.all(
    groups.map(async ({ cluster, mesh: meshId, items }) => {
      const part = parts.find(({ cluster: { name } }) => name === cluster);
      if (!part) {
        throw new TypeError(`No part of the entity is on ${cluster}`);
      }
      const mesh = context.store.meshes.find(({ id }) => id === meshId);
      const result = await measure(
        context,
        part,
        mesh,
        items.map(({ service }) => service),
        windowSeconds,
      );
      return items.map(routes => ({ routes, part, measured: result }));
    }),
  );
  return measured.flat();
}

async function measure(
  { metrics }: AnswerContext,
  { cluster }: EntityPart,
  mesh: MeshAdapter | undefined,
  services: readonly ServiceRef[],
  windowSeconds: number,
): Promise<Measured> {
  return mesh
    ? metrics.measure(cluster.name, windowSeconds, scope =>
        mesh.serviceTraffic(cluster.snapshot, services, scope),
      )
    : {
        status: 'unknown',
        cause: 'not-measured',
        message:
          'No workload behind the Service is in a mesh whose proxy would measure it',
      };
}

function answerOf({ routes, part, measured }: Observed): ObservedRoutes {
  const { service } = routes;
  if (measured.status === 'unknown') {
    const { cause, message } = measured;
    return {
      service,
      state: 'unknown',
      cause,
      message,
      splits: [],
      hiddenCallers: 0,
      attributed: [],
    };
  }
  const traffic = measured.value.find(
    candidate =>
      candidate.service.namespace === service.namespace &&
      candidate.service.name === service.name,
  );
  return observedRoutes(routes, traffic ?? { service, flows: [] }, {
    labelsOf: workload => labelsOf(part, workload),
  });
}

function labelsOf(
  { cluster }: EntityPart,
  { cluster: name, namespace, kind, name: workload }: WorkloadRef,
) {
  return cluster.name === name
    ? findWorkload(cluster.snapshot, { namespace, kind, name: workload })
        ?.labels
    : undefined;
}

async function withVisibleCallers(
  { store, catalog }: AnswerContext,
  { caller }: EntityQuestion,
  services: readonly ObservedRoutes[],
): Promise<ObservedRoutes[]> {
  const callers = services.flatMap(({ splits }) =>
    splits.flatMap(split => split.caller ?? []),
  );
  const visibility = await visibilityOf(
    caller,
    callers.flatMap(one => store.ownersOf(one)),
    catalog,
  );
  return services.map(service => {
    const splits = service.splits.filter(
      split =>
        !split.caller ||
        shownAs(visibility, store.ownersOf(split.caller)).shown,
    );
    return {
      ...service,
      splits,
      hiddenCallers: service.splits.length - splits.length,
    };
  });
}
