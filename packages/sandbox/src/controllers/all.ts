import { ambientController } from './ambient';
import { daemonSetController } from './daemonSets';
import { deploymentController } from './deployments';
import { endpointSliceController } from './endpointSlices';
import { garbageCollector } from './garbage';
import { istioGatewayApiController } from './istioGatewayApi';
import { istioPolicyStatusController } from './istioPolicyStatus';
import { istioRouteController } from './istioRoutes';
import { createKubelet } from './kubelet';
import { linkerdRouteController } from './linkerdRoutes';
import type { Controller } from './manager';
import { namespaceDefaults } from './namespaceDefaults';
import { createReplicaSetController } from './replicaSets';
import { statefulSetController } from './statefulSets';
import { waypointBindingController } from './waypoints';

/** The controllers of one cluster. */
export function createControllers(): Controller[] {
  return [
    garbageCollector,
    namespaceDefaults,
    istioGatewayApiController,
    deploymentController,
    createReplicaSetController(),
    statefulSetController,
    daemonSetController,
    createKubelet(),
    ambientController,
    endpointSliceController,
    waypointBindingController,
    istioPolicyStatusController,
    istioRouteController,
    linkerdRouteController,
  ];
}
