import { Entity } from '@backstage/catalog-model';
import {
  narrowEntity,
  plainEntity,
  reviewsEntity,
} from '../src/__fixtures__/entities';
import {
  BROKEN,
  emptyReplies,
  FORBIDDEN,
  NOT_FOUND,
  Refusal,
  Replies,
} from '../src/__fixtures__/fixtureBackend';
import { manyServices, troubledFleet } from '../src/__fixtures__/fleet';
import {
  outsideMtls,
  protectedMtls,
  troubledMtls,
} from '../src/__fixtures__/mtls';
import { outsideObserved, unmeasured } from '../src/__fixtures__/observed';
import { unmeasuredRouting } from '../src/__fixtures__/observedRouting';
import { noServiceRouting, plainRouting } from '../src/__fixtures__/routing';

/** A state of the pages to look at. */
export interface DevState {
  name: string;
  title: string;
  entity: Entity;
  replies: Replies;
}

/** The same of every route. */
function everywhere(reply: Refusal | 'never'): Replies {
  return {
    mtls: reply,
    observedMtls: reply,
    findings: reply,
    routing: reply,
    observedRouting: reply,
    object: reply,
    fleetClusters: reply,
    fleetServices: reply,
  };
}

const state = (
  name: string,
  title: string,
  replies: Replies,
  entity: Entity = reviewsEntity,
): DevState => ({ name, title, entity, replies });

export const DEV_STATES: readonly DevState[] = [
  state('loaded', 'All is well', {}),
  state('protected', 'Protected', {
    mtls: protectedMtls,
    routing: plainRouting,
    fleetServices: manyServices(1_000),
  }),
  state('outside', 'Not in a mesh', {
    mtls: outsideMtls,
    observedMtls: outsideObserved,
    routing: noServiceRouting,
    observedRouting: unmeasuredRouting,
  }),
  state('unmeasured', 'Not measured', {
    observedMtls: unmeasured,
    observedRouting: unmeasuredRouting,
  }),
  state('troubled', 'Clusters in trouble', {
    mtls: troubledMtls,
    observedMtls: BROKEN,
    findings: BROKEN,
    routing: { ...plainRouting, clusters: troubledMtls.clusters },
    observedRouting: BROKEN,
    object: FORBIDDEN,
    fleetClusters: troubledFleet,
    fleetServices: {
      clusters: troubledMtls.clusters,
      services: [],
      withoutWorkloads: [],
    },
  }),
  state(
    'empty',
    'No workloads',
    { ...emptyReplies, fleetClusters: { clusters: [] } },
    narrowEntity,
  ),
  state('annotation', 'Annotation missing', {}, plainEntity),
  state('loading', 'Loading', everywhere('never')),
  state('error', 'Error', everywhere(BROKEN)),
  state('forbidden', 'Forbidden', everywhere(FORBIDDEN)),
  state('notfound', 'Not found', everywhere(NOT_FOUND)),
];
