import {
  createTranslationRef,
  TranslationFunction,
} from '@backstage/core-plugin-api/alpha';
import { callerMessages } from './translation/callers';
import { canaryMessages } from './translation/canary';
import { commonMessages } from './translation/common';
import { controlPlaneMessages } from './translation/controlPlane';
import { drawerMessages } from './translation/drawer';
import { fleetMessages } from './translation/fleet';
import { mtlsMessages } from './translation/mtls';
import { placementMessages } from './translation/placement';
import { readinessMessages } from './translation/readiness';
import { routingMessages } from './translation/routing';
import { stateMessages } from './translation/states';
import { tracesMessages } from './translation/traces';
import { walkMessages } from './translation/walk';

/**
 * Every text of the mesh pages. The sentences of reasons and findings are not among them: they come from
 * the backend, as the messages of controllers do, and are shown as they are.
 *
 * @public
 */
export const meshMessages = {
  ...commonMessages,
  controlPlane: controlPlaneMessages,
  state: stateMessages,
  drawer: drawerMessages,
  mtls: mtlsMessages,
  callers: callerMessages,
  routing: routingMessages,
  canary: canaryMessages,
  walk: walkMessages,
  traces: tracesMessages,
  fleet: fleetMessages,
  readiness: readinessMessages,
  placement: placementMessages,
} as const;

/**
 * What the texts of the mesh pages are translated by. Its keys are the paths in `meshMessages`, such as `state.loading`.
 *
 * Its type is written out: an inferred one has the keys in the order in which TypeScript first met them, which
 * differs from one compilation to the next, and with it the API report.
 *
 * @public
 */
export const meshTranslationRef: ReturnType<
  typeof createTranslationRef<
    'mesh',
    typeof meshMessages,
    Record<string, never>
  >
> = createTranslationRef({ id: 'mesh', messages: meshMessages });

/** Translates the texts of the mesh pages. */
export type MeshTranslate = TranslationFunction<typeof meshTranslationRef.T>;
