import { InputError } from '@backstage/errors';
import {
  Exposure,
  isHostSubset,
  placeNamed,
  Service,
  UnknownPlaceError,
  WalkAnswer,
  WalkQuestion,
  walkQuestionSchema,
  WalkRequest,
  WalkRouteAnswer,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { parseInput } from '../router/parseInput';
import { EntityPart } from './AnswerStore';
import { ownedCallers } from './callers';
import { namedRefs, namesHiddenIn } from './callersRedaction';
import {
  AnswerContext,
  entityFields,
  EntityQuestion,
  partsOf,
} from './context';
import { defaultRoutes } from './routing';
import { shownAs, visibilityOf } from './visibility';
import { addReasonObjects, objectKey } from './namedObjects';
import { redactWalk, SharedGateway } from './walkRedaction';

/** The kind of the client where the request comes from outside, through a Gateway of either group. */
const GATEWAY = 'Gateway';

/**
 * What becomes of one request to a Service (or a pod) of an entity. It is asked about clients that the caller may
 * see: those of entities that they may read, the entity's own workloads, and Gateways by a host through which they
 * lead to the entity.
 */
export async function walkAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  text: string,
): Promise<WalkRouteAnswer> {
  const asked = parseInput(walkQuestionSchema, 'query', jsonOf(text));
  const part = partsOf(context, question).find(
    ({ cluster }) => cluster.name === asked.cluster,
  );
  const state = entityFields(context, question).clusters.find(
    ({ name }) => name === asked.cluster,
  );
  const isFromOutside = asked.from.kind === GATEWAY;
  const routes = part ? defaultRoutes([part]) : [];
  const exposures = routes.flatMap(({ gateways = [] }) => gateways);
  const isOwn = isFromOutside
    ? isExposedHost(exposures, asked)
    : part && isOwnHost(part, asked);
  if (!part || !state || !isOwn) {
    throw new InputError(
      isFromOutside
        ? `Query parameter "request": Gateway ${asked.from.namespace}/${asked.from.name} on ${asked.cluster} leads by ${asked.host} to no Service of ${question.entity.ref}`
        : `Query parameter "request": ${asked.host} on ${asked.cluster} is no Service or pod of ${question.entity.ref}`,
    );
  }
  const walk = isFromOutside
    ? walkOn(part, asked, { gateway: asked.from })
    : await walked(context, question, part, asked);
  const owned = part.workloads.map(workload =>
    ownedCallers(
      context,
      part,
      part.cluster.answers.callers(
        part.cluster.snapshot,
        workload,
        part.declared,
      ),
    ),
  );
  const ownersOf = (workload: WorkloadRef) => context.store.ownersOf(workload);
  const visibility = await visibilityOf(
    question.caller,
    [
      ...owned.flatMap(namedRefs),
      ...walk.branches.flatMap(({ workloads }) => workloads.flatMap(ownersOf)),
    ],
    context.catalog,
  );
  const own = new Set(part.workloads.map(({ ref }) => keyOf(ref)));
  return {
    entityRef: question.entity.ref,
    cluster: state,
    ...redactWalk(walk, {
      isShown: workload =>
        own.has(keyOf(workload)) ||
        shownAs(visibility, ownersOf(workload)).shown,
      hidden: new Set(
        owned.flatMap(one => [...namesHiddenIn(one, visibility)]),
      ),
      ownHosts: new Set(routes.map(({ host }) => host)),
      sharedGateway:
        isFromOutside && !visibility.all ? sharedGateway(exposures) : undefined,
    }),
  };
}

function keyOf({ namespace, kind, name }: WorkloadRef): string {
  return `${namespace}/${kind}/${name}`;
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
  part: EntityPart,
  asked: WalkQuestion,
): Promise<WalkAnswer> {
  const { cluster, workloads } = part;
  const { from } = asked;
  const client: WorkloadRef = { cluster: cluster.name, ...from };
  const owners = store.ownersOf(client);
  const visibility = await visibilityOf(caller, owners, catalog);
  const isOwn =
    owners.includes(entity.ref) ||
    workloads.some(({ ref }) => keyOf(ref) === keyOf(client));
  const refused = () =>
    new InputError(
      `Query parameter "request": there is no ${from.kind} ${from.namespace}/${from.name} that you may see on ${cluster.name}`,
    );
  if (!isOwn && !shownAs(visibility, owners).shown) {
    throw refused();
  }
  try {
    return walkOn(part, asked, { workload: client });
  } catch (error) {
    throw error instanceof UnknownPlaceError ? refused() : error;
  }
}

function walkOn(
  { cluster }: EntityPart,
  { cluster: _, from: __, ...request }: WalkQuestion,
  from: WalkRequest['from'],
): WalkAnswer {
  return cluster.answers.walk(cluster.snapshot, { ...request, from });
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
  { services, workloads, cluster: { snapshot } }: EntityPart,
  { host, from }: WalkQuestion,
): boolean {
  const place = placeNamed(snapshot, host, from.namespace);
  switch (place.is) {
    case 'service':
      return services.some(one => isSame(one, place.service));
    case 'pod':
      return workloads.some(({ pods }) => pods.includes(place.pod));
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
