import {
  createTranslationRef,
  TranslationFunction,
} from '@backstage/core-plugin-api/alpha';
import { callerMessages } from './translation/callers';
import { commonMessages } from './translation/common';
import { drawerMessages } from './translation/drawer';
import { fleetMessages } from './translation/fleet';
import { mtlsMessages } from './translation/mtls';
import { readinessMessages } from './translation/readiness';
import { routingMessages } from './translation/routing';
import { stateMessages } from './translation/states';
import { tracesMessages } from './translation/traces';

/**
 * Every text of the mesh pages. The sentences of reasons and findings are not among them: they come from
 * the backend, as the messages of controllers do, and are shown as they are.
 *
 * @public
 */
export const meshTranslationRef = createTranslationRef({
  id: 'mesh',
  messages: {
    ...commonMessages,
    state: stateMessages,
    drawer: drawerMessages,
    mtls: mtlsMessages,
    callers: callerMessages,
    routing: routingMessages,
    traces: tracesMessages,
    fleet: fleetMessages,
    readiness: readinessMessages,
  },
});

/** Translates the texts of the mesh pages. */
export type MeshTranslate = TranslationFunction<typeof meshTranslationRef.T>;
