import { createRouteRef } from '@backstage/core-plugin-api';

/** The page of all clusters and services. */
export const rootRouteRef = createRouteRef({ id: 'mesh' });

/** The entity tab that says whether traffic is protected. */
export const mtlsRouteRef = createRouteRef({ id: 'mesh-mtls' });

/** The entity tab that shows traces. */
export const tracesRouteRef = createRouteRef({ id: 'mesh-traces' });

/** The entity tab with the production readiness checklist. */
export const readinessRouteRef = createRouteRef({ id: 'mesh-readiness' });

/** The entity tab that says where requests go. */
export const routingRouteRef = createRouteRef({ id: 'mesh-routing' });
