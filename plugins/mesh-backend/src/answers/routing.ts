import { InputError } from '@backstage/errors';
import {
  RoutingAnswer,
  serviceRef,
  ServiceRoutes,
  UnknownPlaceError,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { EntityPart } from './AnswerStore';
import {
  AnswerContext,
  entityFields,
  EntityQuestion,
  partsOf,
} from './context';
import { withMirrors } from './mirrors';
import { shownAs, visibilityOf } from './visibility';

/** The effective routes of the Services of an entity, from the place of a client. */
export async function routingAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  from: string | undefined,
): Promise<RoutingAnswer> {
  const parts = partsOf(context, question);
  return {
    ...entityFields(context, question),
    services: withMirrors(
      context.store,
      await routesFrom(context, question, parts, from),
    ),
    withoutService: parts.flatMap(workloadsWithoutService),
  };
}

/** The routes of all Services of an entity. Throws InputError where the place is none that the caller may see. */
export async function routesFrom(
  context: AnswerContext,
  question: EntityQuestion,
  parts: readonly EntityPart[],
  from: string | undefined,
): Promise<ServiceRoutes[]> {
  if (from === undefined) {
    return defaultRoutes(parts);
  }
  const visible = await placesOf(context, question, parts, from);
  if (visible.size === 0) {
    throw new InputError(
      `Query parameter "from": there is no ${from} that you may see on ${
        parts.map(({ cluster }) => cluster.name).join(', ') || 'any cluster'
      }`,
    );
  }
  // On clusters without such a client the routes are those from the place of the Service itself.
  return parts.flatMap(part =>
    routesOf(part, visible.has(part.cluster.name) ? from : undefined),
  );
}

/** The routes as each Service's own namespace sees them. */
export function defaultRoutes(parts: readonly EntityPart[]): ServiceRoutes[] {
  return parts.flatMap(part => routesOf(part, undefined));
}

function routesOf(
  part: EntityPart,
  place: string | undefined,
): ServiceRoutes[] {
  const { services, cluster } = part;
  const { answers, snapshot } = cluster;
  const toServices = services.flatMap(service => {
    const ref = serviceRef(snapshot, service);
    return (
      (place === undefined
        ? answers.routes(snapshot, ref)
        : answers.routesFrom(snapshot, ref, place)) ?? []
    );
  });
  return [...toServices, ...toHosts(part, place)];
}

/** Several workloads of an entity may be called by one host, such as its versions. */
function toHosts(
  { workloads, cluster: { answers, snapshot } }: EntityPart,
  place: string | undefined,
): ServiceRoutes[] {
  const all = workloads.flatMap(workload =>
    place === undefined
      ? answers.hosts(snapshot, workload)
      : answers.hostsFrom(snapshot, workload, place),
  );
  return [
    ...new Map(
      all.map(routes => [
        `${routes.service.namespace}/${routes.service.name}`,
        routes,
      ]),
    ).values(),
  ];
}

/**
 * The clusters on which the place exists, for this caller: a namespace everywhere, a workload where it is
 * that of an entity that they may read.
 */
async function placesOf(
  context: AnswerContext,
  { entity, caller }: EntityQuestion,
  parts: readonly EntityPart[],
  from: string,
): Promise<Set<string>> {
  const [namespace, kind, name] = from.split('/');
  const found = parts.filter(part => exists(part, from));
  if (!kind) {
    return new Set(found.map(({ cluster }) => cluster.name));
  }
  const ownersOf = ({ cluster }: EntityPart) => {
    const workload: WorkloadRef = {
      cluster: cluster.name,
      namespace,
      kind,
      name,
    };
    return context.store.ownersOf(workload);
  };
  const visibility = await visibilityOf(
    caller,
    found.flatMap(ownersOf),
    context.catalog,
  );
  return new Set(
    found
      .filter(part => {
        const owners = ownersOf(part);
        return owners.includes(entity.ref) || shownAs(visibility, owners).shown;
      })
      .map(({ cluster }) => cluster.name),
  );
}

function exists(part: EntityPart, place: string): boolean {
  try {
    routesOf(part, place);
    return true;
  } catch (error) {
    if (error instanceof UnknownPlaceError) {
      return false;
    }
    throw error;
  }
}

/** Workloads that no Service of the entity selects, and that have no host otherwise. */
function workloadsWithoutService({
  cluster: { answers, snapshot },
  workloads,
}: EntityPart): WorkloadRef[] {
  return workloads
    .filter(
      workload =>
        answers.services(snapshot, [workload]).length === 0 &&
        answers.hosts(snapshot, workload).length === 0,
    )
    .map(({ ref }) => ref);
}
