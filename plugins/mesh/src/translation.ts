import {
  createTranslationRef,
  TranslationFunction,
} from '@backstage/core-plugin-api/alpha';
import { commonMessages } from './translation/common';
import { drawerMessages } from './translation/drawer';
import { fleetMessages } from './translation/fleet';
import { mtlsMessages } from './translation/mtls';
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
    routing: routingMessages,
    traces: tracesMessages,
    fleet: fleetMessages,
  },
});

/** Translates the texts of the mesh pages. */
export type MeshTranslate = TranslationFunction<typeof meshTranslationRef.T>;
