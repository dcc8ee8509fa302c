import { InputError } from '@backstage/errors';
import {
  Exposure,
  isHostSubset,
  placeNamed,
  Service,
  serviceRef,
  ServiceRoutes,
  UnknownPlaceError,
  WalkAnswer,
  WalkQuestion,
  walkQuestionSchema,
  WalkRequest,
  WalkRouteAnswer,
  workloadKey,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { parseInput } from '../router/parseInput';
import { ClusterPicture, EntityPart } from './AnswerStore';
import { ownedCallers } from './callers';
import { namedRefs, namesHiddenIn } from './callersRedaction';
import { AnswerContext, EntityQuestion, partsOf } from './context';
import { mirrorsOf } from './mirrors';
import { defaultRoutes } from './routing';
import { shownAs, visibilityOf } from './visibility';
import { addReasonObjects, objectKey } from './namedObjects';
import { redactWalk, SharedGateway } from './walkRedaction';

/** The kind of the client where the request comes from outside, through a Gateway of either group. */
const GATEWAY = 'Gateway';

/**
 * What becomes of one request to a Service (or a pod) of an entity, or to what stands for one on another cluster. It is asked
 * about clients that the caller may see: those of entities that they may read, the entity's own workloads, and Gateways by a
 * host through which they lead to the entity.
 */
export async function walkAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  text: string,
): Promise<WalkRouteAnswer> {
  const asked = parseInput(walkQuestionSchema, 'query', jsonOf(text));
  const parts = partsOf(context, question);
  const cluster = context.store.clusters.find(
    ({ name }) => name === asked.cluster,
  );
  const isFromOutside = asked.from.kind === GATEWAY;
  const routes = defaultRoutes(parts.filter(part => isOn(part, asked)));
  const exposures = routes.flatMap(({ gateways = [] }) => gateways);
  const mirrors = isFromOutside ? [] : mirrorsOn(context, parts, asked);
  const isOwn = isFromOutside
    ? isExposedHost(exposures, asked)
    : cluster && isOwnHost(cluster, parts, mirrors, routes, asked);
  if (!cluster || !isOwn) {
    throw new InputError(
      isFromOutside
        ? `Query parameter "request": Gateway ${asked.from.namespace}/${asked.from.name} on ${asked.cluster} leads by ${asked.host} to no Service of ${question.entity.ref}`
        : `Query parameter "request": ${asked.host} on ${asked.cluster} is no Service or pod of ${question.entity.ref}`,
    );
  }
  const walk = isFromOutside
    ? walkOn(cluster, asked, { gateway: asked.from })
    : await walked(context, question, cluster, parts, asked);
  const owned = partsWalked(parts, walk, asked).flatMap(part =>
    part.workloads.map(workload =>
      ownedCallers(
        context,
        part,
        part.cluster.answers.callers(
          part.cluster.snapshot,
          workload,
          part.declared,
        ),
      ),
    ),
  );
  const ownersOf = (workload: WorkloadRef) => context.store.ownersOf(workload);
  const visibility = await visibilityOf(
    question.caller,
    [
      ...owned.flatMap(namedRefs),
      ...walk.branches.flatMap(({ workloads, via = [] }) =>
        [...workloads, ...via].flatMap(ownersOf),
      ),
    ],
    context.catalog,
  );
  const own = new Set(
    parts.flatMap(({ workloads }) =>
      workloads.map(({ ref }) => workloadKey(ref)),
    ),
  );
  return {
    entityRef: question.entity.ref,
    cluster: cluster.state,
    ...redactWalk(walk, {
      mayReadFleet: visibility.all,
      isShown: workload =>
        own.has(workloadKey(workload)) ||
        shownAs(visibility, ownersOf(workload)).shown,
      hidden: new Set(
        owned.flatMap(one => [...namesHiddenIn(one, visibility)]),
      ),
      ownHosts: new Set([
        ...routes.flatMap(({ host, service }) =>
          service.kind ? [host] : [host, shortHost(service)],
        ),
        ...mirrors.map(({ metadata }) => shortHost(metadata)),
      ]),
      sharedGateway:
        isFromOutside && !visibility.all ? sharedGateway(exposures) : undefined,
    }),
  };
}

function shortHost(service: { name: string; namespace?: string }): string {
  return `${service.name}.${service.namespace}`;
}

function isOn({ cluster }: EntityPart, asked: WalkQuestion): boolean {
  return cluster.name === asked.cluster;
}

/** What of the entity is where the request is sent, and where it may end. */
function partsWalked(
  parts: readonly EntityPart[],
  { branches }: WalkAnswer,
  asked: WalkQuestion,
): EntityPart[] {
  const reached = new Set(
    branches.flatMap(({ workloads }) =>
      workloads.map(({ cluster }) => cluster),
    ),
  );
  return parts.filter(
    part => isOn(part, asked) || reached.has(part.cluster.name),
  );
}

/** The Services of the cluster that stand for the entity's on others. */
function mirrorsOn(
  { store }: AnswerContext,
  parts: readonly EntityPart[],
  { cluster: asked }: WalkQuestion,
): Service[] {
  const clusters = store.clusters.filter(({ name }) => name === asked);
  return parts.flatMap(({ cluster, services }) =>
    services.flatMap(service =>
      mirrorsOf(
        { clusters, meshes: store.meshes },
        serviceRef(cluster.snapshot, service),
      ).map(mirror => mirror.service),
    ),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('Query parameter "request" is not JSON');
  }
}

async function walked(
  { store, catalog }: AnswerContext,
  { entity, caller }: EntityQuestion,
  cluster: ClusterPicture,
  parts: readonly EntityPart[],
  asked: WalkQuestion,
): Promise<WalkAnswer> {
  const { from } = asked;
  const client: WorkloadRef = { cluster: cluster.name, ...from };
  const owners = store.ownersOf(client);
  const visibility = await visibilityOf(caller, owners, catalog);
  const isOwn =
    owners.includes(entity.ref) ||
    parts.some(({ workloads }) =>
      workloads.some(({ ref }) => workloadKey(ref) === workloadKey(client)),
    );
  const refused = () =>
    new InputError(
      `Query parameter "request": there is no ${from.kind} ${from.namespace}/${from.name} that you may see on ${cluster.name}`,
    );
  if (!isOwn && !shownAs(visibility, owners).shown) {
    throw refused();
  }
  try {
    return walkOn(cluster, asked, { workload: client });
  } catch (error) {
    throw error instanceof UnknownPlaceError ? refused() : error;
  }
}

function walkOn(
  { answers, snapshot }: ClusterPicture,
  { cluster: _, from: __, ...request }: WalkQuestion,
  from: WalkRequest['from'],
): WalkAnswer {
  return answers.walk(snapshot, { ...request, from });
}

/** Whether the Gateway serves the host and sends some of its requests to a Service of the entity. */
function isExposedHost(
  exposures: readonly Exposure[],
  { host, port, from }: WalkQuestion,
): boolean {
  return exposures.some(
    ({ gateway, hosts, ...exposure }) =>
      gateway.namespace === from.namespace &&
      gateway.name === from.name &&
      exposure.port === port &&
      hosts.some(one => isHostSubset(host.toLowerCase(), one)),
  );
}

function sharedGateway(exposures: readonly Exposure[]): SharedGateway {
  const own = new Set<string>();
  addReasonObjects(exposures, own);
  return {
    isOwnRule: object =>
      object.kind.endsWith(`/${GATEWAY}`) || own.has(objectKey(object)),
  };
}

/** Requests to others than the entity are a question about those. */
function isOwnHost(
  { snapshot }: ClusterPicture,
  parts: readonly EntityPart[],
  mirrors: readonly Service[],
  routes: readonly ServiceRoutes[],
  asked: WalkQuestion,
): boolean {
  const place = placeNamed(snapshot, asked.host, asked.from.namespace);
  const here = parts.filter(part => isOn(part, asked));
  switch (place.is) {
    case 'service':
      return [...here.flatMap(({ services }) => services), ...mirrors].some(
        one => isSame(one, place.service),
      );
    case 'pod':
      return here.some(({ workloads }) =>
        workloads.some(({ pods }) => pods.includes(place.pod)),
      );
    case 'entry':
      return routes.some(
        ({ service: { kind, namespace, name } }) =>
          kind === 'Hostname' &&
          name === place.host &&
          namespace === place.found.namespace,
      );
    default:
      return false;
  }
}

function isSame(a: Service, b: Service): boolean {
  return (
    a.metadata.name === b.metadata.name &&
    a.metadata.namespace === b.metadata.namespace
  );
}
